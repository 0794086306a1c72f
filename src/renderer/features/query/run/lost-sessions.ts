import { listen } from '../../../api/postern';
import { rolledBack } from '../results/outcome';
import { tabRun, updateRun } from './run-store';

/** What is said of a transaction that ended with its session. */
export const lostTransactionMessage = 'Rolled back: the session was lost';

let isListening = false;

/**
 * Takes over that the server has ended a tab's session: a transaction that was open is rolled back,
 * and neither Commit nor Roll back is offered any more. A run under way tells it by its outcome, unless
 * it waits for an answer: nothing of it may be sent.
 */
export function takeOverLoss(connectionId: string, tabId: string): void {
  const run = tabRun(tabId);
  if (run.connectionId !== connectionId || run.transaction === 'idle') return;
  if (run.running !== null && !run.running.isAsking) return;
  for (const outcome of run.outcomes) if (outcome.kind === 'rows') outcome.source.endReading();
  updateRun(tabId, {
    transaction: 'idle',
    transactionMessage: lostTransactionMessage,
    outcomes: rolledBack(run.outcomes),
  });
}

/** Does so from now on, as long as the page is there. */
export function watchSessions(): void {
  if (isListening) return;
  isListening = true;
  listen('query:session-lost', ({ connectionId, tabId }) => takeOverLoss(connectionId, tabId));
}
