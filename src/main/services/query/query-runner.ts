import type { ParameterValues } from '@shared/models/query-parameter';
import type {
  QueryResult,
  QueryRun,
  RunTarget,
  StatementOutcome,
  TextRange,
} from '@shared/models/query-result';
import { DatabaseError } from '../../db/errors';
import type { OpenConnection } from '../connections/open-connection';
import type { OnSending } from '../history/record-run';
import type { Confirm } from './confirmation';
import { EarlierResults } from './earlier-results';
import { copiedRows, refusedMetaCommand, skippedMetaCommand } from './psql-statements';
import { Questions } from './questions';
import { readStrategyOf } from './read-strategy';
import { planRun, type PlannedStatement } from './run-plan';
import { findSyntaxRefusal } from './syntax-refusal';
import { StatementFailed, type TabSession } from './tab-session';
import { reviewTransaction } from './transaction-review';

export interface RunRequest {
  readonly tabId: string;
  readonly executionId: string;
  readonly text: string;
  readonly target: RunTarget;
  /** Whether the tab's earlier results stay, as after a COMMIT; otherwise they are freed. */
  readonly keepsResults?: boolean | undefined;
  /** Values of the parameters by name, for all statements of the run. */
  readonly parameters?: ParameterValues | undefined;
  /** What a failed statement of several does to those behind it; stop when it is left out. */
  readonly onError?: 'stop' | 'continue' | undefined;
}

/** How far a run is: statements, and the share of the rows of a COPY that were sent. */
export interface RunProgress {
  readonly completed: number;
  readonly total: number;
  /** From 0 to 1. */
  readonly sentShare?: number;
}

export interface RunHooks {
  /** Asks a person before risky statements are sent. */
  readonly confirm: Confirm;
  readonly onProgress: (progress: RunProgress) => void;
  /** Told of the statements right before the first of them is sent. */
  readonly onSending?: OnSending;
}

/** Runs the statements of an editor, one Parse message each, and keeps track of what can be cancelled. */
export class QueryRunner {
  readonly #running = new Map<string, { session: TabSession; isCancelled: boolean }>();
  readonly #questions = new Questions();

  /**
   * Plans, asks, then runs statement by statement until one fails, or to the end where that is
   * wanted. Nothing is sent when a person declines. Raises DatabaseError of kind InvalidInput or
   * ReadOnly before anything is sent; what the server refuses is an outcome.
   */
  async run(connection: OpenConnection, request: RunRequest, hooks: RunHooks): Promise<QueryRun> {
    const session = connection.tab(request.tabId);
    const planned = await planRun(request.text, request.target, request.parameters);
    refuseWritesIfReadOnly(connection, planned);
    const execution = { session, isCancelled: false };
    const isCancelled = (): boolean => execution.isCancelled;
    this.#running.set(request.executionId, execution);
    try {
      const refusal = await findSyntaxRefusal(session, planned);
      if (refusal !== null) {
        return { outcomes: [refusal], transaction: session.transaction, ...notRun(planned, 1) };
      }
      const { confirm } = hooks;
      const choice = await this.#questions.ask(connection, session, planned, {
        confirm,
        isCancelled,
      });
      if (choice === 'cancel') {
        return {
          outcomes: planned.map(declined),
          transaction: session.transaction,
          nothingSent: true,
        };
      }
      const earlier = new EarlierResults(session, request.keepsResults);
      await earlier.interrupt();
      hooks.onSending?.(planned);
      const outcomes: StatementOutcome[] = [];
      if (choice === 'review') {
        const opening = await beginReview(session, planned);
        await earlier.follow(opening.wasSent);
        if (opening.outcome !== null) {
          const { transaction } = session;
          return { outcomes: [opening.outcome], transaction, ...earlier.verdict };
        }
      }
      for (const [index, item] of planned.entries()) {
        if (isCancelled()) break;
        const progress = { completed: index, total: planned.length };
        const { outcome, wasSent } = await runOne(session, item, {
          isOnly: planned.length === 1,
          isLast: index === planned.length - 1,
          text: request.text,
          isCancelled,
          onSent: (sentShare) => hooks.onProgress({ ...progress, sentShare }),
        });
        await earlier.follow(wasSent);
        outcomes.push(outcome);
        hooks.onProgress({ completed: index + 1, total: planned.length });
        if (item.analysis.changesStructure) connection.describer.forget();
        if (outcome.status !== 'failed') continue;
        // What follows a failure in the transaction of a review would only be refused.
        if (choice === 'review' || !wasSent || mustStop(outcome, request)) break;
      }
      const review =
        choice === 'review' && session.transaction !== 'idle'
          ? await reviewTransaction({ session, pool: connection.pool, planned, outcomes })
          : undefined;
      return {
        outcomes,
        transaction: session.transaction,
        ...earlier.verdict,
        ...(review && { review }),
        ...notRun(planned, outcomes.length),
      };
    } finally {
      this.#running.delete(request.executionId);
    }
  }

  /** Stops a run: the statement under way is cancelled, later ones are not sent. Unknown ids are ignored. */
  async cancel(executionId: string): Promise<void> {
    const execution = this.#running.get(executionId);
    if (execution === undefined) return;
    execution.isCancelled = true;
    await execution.session.cancel();
  }
}

/** How many statements have no outcome; nothing when all have one. */
function notRun(planned: readonly PlannedStatement[], outcomes: number): Pick<QueryRun, 'notRun'> {
  return planned.length > outcomes ? { notRun: planned.length - outcomes } : {};
}

const declined = ({ range }: PlannedStatement): StatementOutcome => ({ status: 'declined', range });

/** What a statement came to, and whether it was on its way to the server. */
interface Step<T = StatementOutcome> {
  readonly outcome: T;
  readonly wasSent: boolean;
}

/** Opens the transaction that a person will end; gives the failure, if it cannot be opened. */
async function beginReview(
  session: TabSession,
  [first]: readonly PlannedStatement[],
): Promise<Step<StatementOutcome | null>> {
  const range = first?.range ?? { from: 0, to: 0 };
  const begin = { text: 'BEGIN', range, strategy: 'complete', changesSession: false } as const;
  try {
    await session.run(begin);
    return { outcome: null, wasSent: true };
  } catch (error) {
    return failureOf(error, range);
  }
}

function failureOf(failure: unknown, range: TextRange): Step {
  if (!(failure instanceof StatementFailed)) throw failure;
  const { durationMs, notices, wasSent } = failure;
  const error = failure.error.data;
  return {
    outcome: { status: 'failed', range, error, durationMs, notices: [...notices] },
    wasSent,
  };
}

/** A lost link and a cancelled statement end a run whatever was chosen. */
function mustStop({ error }: FailedOutcome, { onError }: RunRequest): boolean {
  return onError !== 'continue' || error.kind === 'ConnectionLost' || error.kind === 'Cancelled';
}

type FailedOutcome = Extract<StatementOutcome, { status: 'failed' }>;

interface StepOptions {
  readonly isOnly: boolean;
  readonly isLast: boolean;
  /** The submitted text. */
  readonly text: string;
  readonly isCancelled: () => boolean;
  readonly onSent: (sentShare: number) => void;
}

async function runOne(
  session: TabSession,
  { statement, range, analysis, sent }: PlannedStatement,
  { isOnly, isLast, text, isCancelled, onSent }: StepOptions,
): Promise<Step> {
  if (statement.kind === 'meta-command') {
    const tell = isOnly ? refusedMetaCommand : skippedMetaCommand;
    return { outcome: tell(statement, range), wasSent: false };
  }
  try {
    const { changesSession } = analysis;
    if (statement.kind === 'copy-data') {
      const { command } = statement;
      const data = copiedRows(statement, range, text);
      const copy = { text: command, range, data, changesSession, isCancelled, onSent };
      return asSent({ status: 'done', result: await session.copyIn(copy) });
    }
    const result = await session.run({
      ...sent,
      range,
      strategy: readStrategyOf(analysis, session.transaction),
      changesSession,
      isCancelled,
    });
    return asSent({ status: 'done', result: isLast ? result : await readToEnd(session, result) });
  } catch (error) {
    return failureOf(error, range);
  }
}

const asSent = (outcome: StatementOutcome): Step => ({ outcome, wasSent: true });

/** The next statement needs the session: what is unread is read now, into memory or a file. */
async function readToEnd(session: TabSession, result: QueryResult): Promise<QueryResult> {
  const { resultId, durationMs, notices } = result;
  if (resultId === null || !result.hasMore) return result;
  try {
    const state = await session.readAll(resultId, () => undefined);
    return { ...result, ...state, rowCount: state.readRows };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new StatementFailed(error, durationMs, notices, true);
  }
}

function refuseWritesIfReadOnly(
  connection: OpenConnection,
  planned: readonly PlannedStatement[],
): void {
  if (!connection.info.readOnly) return;
  const refused = planned.find(
    ({ analysis }) =>
      analysis.writes ||
      analysis.changesStructure ||
      analysis.changesRights ||
      analysis.leavesReadOnly ||
      analysis.touchesServer,
  );
  if (refused === undefined) return;
  throw new DatabaseError({
    kind: 'ReadOnly',
    message: `The connection "${connection.info.name}" is read-only: nothing was sent.`,
    advice: 'Use a connection that may write, or take "read-only" off this one.',
    position: refused.range.from,
  });
}
