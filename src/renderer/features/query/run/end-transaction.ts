import type { QueryResult } from '@shared/models/query-result';
import { errorData } from '../../../api/postern';
import { rolledBack } from '../results/outcome';
import { beginningRun, isCurrentRun, leaveRun, takeOverFailure, takeOverRun } from './current-run';
import { lostTransactionMessage } from './lost-sessions';
import { tabRun, updateRun } from './run-store';
import { sendRun } from './send-run';

/** Ends a tab's open transaction; the rows that are shown stay. A failure is shown as an outcome. */
export async function endTransaction(
  connectionId: string,
  tabId: string,
  command: 'COMMIT' | 'ROLLBACK',
): Promise<void> {
  const previous = tabRun(tabId);
  if (previous.running !== null) return;
  const running = beginningRun(connectionId);
  // The rows that are shown stay readable; what was not read yet ends with the transaction.
  for (const outcome of previous.outcomes) {
    if (outcome.kind === 'rows') outcome.source.endReading();
  }
  // What ended a transaction is never tried again by a button: the next one may be another one's.
  updateRun(tabId, { running, target: null, transactionMessage: null });
  const { executionId } = running;
  const request = {
    connectionId,
    tabId,
    executionId,
    text: command,
    target: { kind: 'all' } as const,
    keepsResults: true,
  };
  try {
    const run = await sendRun(request);
    const [outcome] = run.outcomes;
    if (outcome?.status !== 'done') {
      takeOverRun(tabId, running, run, command);
      return;
    }
    if (!isCurrentRun(tabId, running)) return;
    const message = endMessage(outcome.result);
    updateRun(tabId, {
      transaction: run.transaction,
      transactionMessage: message,
      ...(message !== committedMessage && { outcomes: rolledBack(tabRun(tabId).outcomes) }),
    });
  } catch (error) {
    takeOverFailure(tabId, running, errorData(error));
  } finally {
    leaveRun(tabId, running);
  }
}

const committedMessage = 'Committed';

function endMessage({ commandTag, notices }: QueryResult): string {
  // no_active_sql_transaction: the session that had it is gone, and this is another one.
  if (notices.some(({ sqlState }) => sqlState === '25P01')) return lostTransactionMessage;
  // COMMIT of a failed transaction answers with the tag ROLLBACK.
  return commandTag === 'COMMIT' ? committedMessage : 'Rolled back';
}
