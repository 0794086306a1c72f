import type { QueryRun, StatementOutcome, TextRange } from '@shared/models/query-result';
import { cancelledError } from '../../../db/errors/database-error';
import { EarlierResults } from '../session/earlier-results';
import type { PlannedStatement } from './run-plan';
import type { Run, RunRequest } from './run-request';
import { beginReview, endEmptyReview, type FailedOutcome, runOne } from './run-step';
import { reviewTransaction } from './transaction-review';

/**
 * Sends the statements of a run: under review in a transaction that the person ends, told what they did.
 * What a person is to know of each is an outcome.
 */
export async function sendStatements(
  run: Run,
  statements: readonly PlannedStatement[],
  { isReview }: { readonly isReview: boolean },
): Promise<QueryRun> {
  const { connection, session, execution, request, hooks, isBound, turn } = run;
  const earlier = new EarlierResults(session, request.keepsResults);
  await earlier.interrupt();
  if (turn.isOver) await turn.pass();
  hooks.onSending?.(statements);
  if (isReview) {
    const isCancelled = (): boolean => execution.isCancelled;
    const opening = await beginReview(session, statements, { continues: isBound, isCancelled });
    await earlier.follow(opening.wasSent);
    if (opening.outcome !== null) {
      const { transaction } = session;
      return { outcomes: [opening.outcome], transaction, ...earlier.verdict };
    }
  }
  const { outcomes, hasSent } = await sendInTurn(run, statements, { isReview, earlier });
  const [first] = outcomes;
  if (isReview && !hasSent && first?.status === 'failed') {
    outcomes[0] = await endEmptyReview(session, first);
  }
  const review =
    isReview && session.transaction !== 'idle'
      ? await reviewTransaction({ session, pool: connection.pool, planned: statements, outcomes })
      : undefined;
  return {
    outcomes,
    transaction: session.transaction,
    ...earlier.verdict,
    ...(review && { review }),
    ...notRun(statements, outcomes.length),
  };
}

/** Sends one statement after another until one fails, or to the end where that is wanted. */
async function sendInTurn(
  { connection, session, execution, request, hooks, isBound }: Run,
  statements: readonly PlannedStatement[],
  { isReview, earlier }: { readonly isReview: boolean; readonly earlier: EarlierResults },
): Promise<{ outcomes: StatementOutcome[]; hasSent: boolean }> {
  const { onProgress } = hooks;
  const total = statements.length;
  const outcomes: StatementOutcome[] = [];
  let hasSent = false;
  for (const [index, item] of statements.entries()) {
    if (execution.isCancelled) {
      // Quick statements end before they can be stopped: that the rest was not sent is told all the same.
      outcomes.push(unsent(item.range));
      break;
    }
    const { outcome, wasSent } = await runOne(session, item, {
      isOnly: total === 1,
      continues: isBound || index > 0 || isReview,
      isLast: index === total - 1,
      text: request.text,
      firstRows: request.firstRows,
      isCancelled: () => execution.isCancelled,
      onSent: (sentShare) => onProgress({ completed: index, total, sentShare }),
    });
    hasSent ||= wasSent;
    await earlier.follow(wasSent);
    outcomes.push(outcome);
    onProgress({ completed: index + 1, total });
    if (item.analysis.changesStructure) connection.describer.forget();
    if (outcome.status !== 'failed') continue;
    // What follows a failure in the transaction of a review would only be refused.
    if (isReview || !wasSent || mustStop(outcome, request)) break;
  }
  return { outcomes, hasSent };
}

/** How many statements have no outcome; nothing when all have one. */
export function notRun(
  planned: readonly PlannedStatement[],
  outcomes: number,
): Pick<QueryRun, 'notRun'> {
  return planned.length > outcomes ? { notRun: planned.length - outcomes } : {};
}

/** What a statement came to that was cancelled before it was sent. */
export function unsent(range: TextRange): FailedOutcome {
  const { data: error } = cancelledError('It was cancelled before it was sent.');
  return { status: 'failed', range, error, durationMs: 0, notices: [] };
}

/** A lost link and a cancelled statement end a run whatever was chosen. */
function mustStop({ error }: FailedOutcome, { options }: RunRequest): boolean {
  return (
    options?.onError !== 'continue' || error.kind === 'ConnectionLost' || error.kind === 'Cancelled'
  );
}
