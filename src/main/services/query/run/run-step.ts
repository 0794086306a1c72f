import type { QueryResult, StatementOutcome, TextRange } from '@shared/models/query-result';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import { DatabaseError } from '../../../db/errors/database-error';
import { copiedRows, refusedMetaCommand, skippedMetaCommand } from './psql-statements';
import { atRefusedRow } from './refused-copy-row';
import { isPlainRead, mustReadToEnd, readStrategyOf } from '../session/read-strategy';
import type { PlannedStatement } from './run-plan';
import { StatementFailed } from '../session/session-statement';
import type { TabSession } from '../session/tab-session';

/** What a statement came to, and whether it was on its way to the server. */
export interface Step<T = StatementOutcome> {
  readonly outcome: T;
  readonly wasSent: boolean;
}

/**
 * Opens the transaction that a person will end, in the session that the tab has where it `continues`
 * with that; gives the failure, if it cannot be opened.
 */
export async function beginReview(
  session: TabSession,
  [first]: readonly PlannedStatement[],
  { continues, isCancelled }: { readonly continues: boolean; readonly isCancelled: () => boolean },
): Promise<Step<StatementOutcome | null>> {
  const range = first?.range ?? { from: 0, to: 0 };
  try {
    await session.run({ ...transactionCommand, text: 'BEGIN', range, continues, isCancelled });
    return { outcome: null, wasSent: true };
  } catch (error) {
    return failureOf(error, range);
  }
}

/**
 * Ends the transaction of a review of which no statement was sent: there is nothing to look at in it.
 * Gives the outcome of the first statement with a word of that, or without one where it is still open.
 */
export async function endEmptyReview(
  session: TabSession,
  first: FailedOutcome,
): Promise<FailedOutcome> {
  try {
    const { range } = first;
    await session.run({ ...transactionCommand, text: 'ROLLBACK', range, continues: true });
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
  }
  if (session.transaction !== 'idle') return first;
  const advice = 'The transaction of the review was rolled back: nothing was changed.';
  return { ...first, error: { ...first.error, advice } };
}

const transactionCommand = {
  kind: 'transaction',
  strategy: 'complete',
  changesSession: false,
} as const;

export type FailedOutcome = Extract<StatementOutcome, { status: 'failed' }>;

function failureOf(failure: unknown, range: TextRange): Step {
  if (!(failure instanceof StatementFailed)) throw failure;
  const { durationMs, notices, wasSent } = failure;
  const error = failure.error.data;
  return {
    outcome: { status: 'failed', range, error, durationMs, notices: [...notices] },
    wasSent,
  };
}

export interface StepOptions {
  readonly isOnly: boolean;
  /** Whether something of the run came before it. */
  readonly continues: boolean;
  readonly isLast: boolean;
  /** The submitted text. */
  readonly text: string;
  /** Rows to read of a result before it is shown. */
  readonly firstRows: number | undefined;
  readonly isCancelled: () => boolean;
  readonly onSent: (sentShare: number) => void;
}

/** Runs one statement of a plan. What the server refuses is an outcome. Raises nothing else. */
export async function runOne(
  session: TabSession,
  { statement, range, analysis, sent }: PlannedStatement,
  { isOnly, continues, isLast, text, firstRows, isCancelled, onSent }: StepOptions,
): Promise<Step> {
  if (statement.kind === 'meta-command') {
    const tell = isOnly ? refusedMetaCommand : skippedMetaCommand;
    return { outcome: tell(statement, range), wasSent: false };
  }
  try {
    const { changesSession, kind } = analysis;
    if (statement.kind === 'copy-data') {
      const { command } = statement;
      const data = copiedRows(statement, range, text);
      const copy = {
        text: command,
        kind,
        range,
        data,
        continues,
        changesSession,
        isCancelled,
        onSent,
      };
      return asSent({ status: 'done', result: await session.copyIn(copy) });
    }
    const { transaction } = session;
    const result = await session.run({
      ...sent,
      range,
      continues,
      strategy: readStrategyOf(analysis, transaction),
      changesSession,
      kind,
      mayCommit: mayCommit(analysis),
      isCancelled,
      ...(firstRows !== undefined && { firstRows }),
    });
    const mayWait = isLast && !mustReadToEnd(analysis, transaction);
    return asSent({ status: 'done', result: mayWait ? result : await readToEnd(session, result) });
  } catch (error) {
    const step = failureOf(error, range);
    const { outcome } = step;
    if (outcome.status !== 'failed') return step;
    const told =
      statement.kind === 'copy-data'
        ? atRefusedRow(outcome.error, statement, range, text)
        : withFate(outcome.error, analysis);
    return { ...step, outcome: { ...outcome, error: told } };
  }
}

/** That the rows of a statement had no room undoes nothing: run again, it would do all twice. */
function withFate(error: DatabaseErrorData, analysis: StatementAnalysis): DatabaseErrorData {
  if (error.kind !== 'StorageFailed' || isPlainRead(analysis)) return error;
  return {
    ...error,
    advice:
      'The statement has run, and what it changed stays: only its rows are lost. Check the disk before you run others.',
  };
}

/** A procedure, code and what takes no transaction block can commit several times. */
const mayCommit = ({ kind, cannotRunInTransaction }: StatementAnalysis): boolean =>
  cannotRunInTransaction || kind === 'call' || kind === 'do' || kind === 'unknown';

const asSent = (outcome: StatementOutcome): Step => ({ outcome, wasSent: true });

/** The session is needed, or the end of the statement: what is unread is read now, into memory or a file. */
async function readToEnd(session: TabSession, result: QueryResult): Promise<QueryResult> {
  const { resultId, durationMs, notices } = result;
  if (resultId === null || !result.hasMore) return result;
  try {
    const state = await session.results.readAll(resultId, () => undefined);
    return { ...result, ...state, rowCount: state.readRows };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    // Its rows would wait for room: the statement is to come to its end.
    if (error.kind === 'StorageFailed') await session.results.closeResult(resultId);
    throw new StatementFailed(error, durationMs, notices, true);
  }
}
