import { setImmediate } from 'node:timers/promises';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { QueryRun, RunTarget, StatementOutcome } from '@shared/models/query-result';
import type { TabOptions } from '@shared/models/tab-options';
import type { ExplainMode } from '@shared/sql/explain';
import { cancelledError, DatabaseError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import type { OnSending } from '../../history/record-run';
import type { Confirm } from '../confirmation/confirmation';
import { EarlierResults } from '../session/earlier-results';
import { type Asking, escalate } from '../cancelling/escalation';
import type { Examiner } from '../examination/examiner';
import { Questions } from '../confirmation/questions';
import { refuseWritesIfReadOnly } from './read-only-refusal';
import { planRun, type PlannedStatement } from './run-plan';
import { beginReview, runOne } from './run-step';
import { findSyntaxRefusal } from './syntax-refusal';
import type { TabSession } from '../session/tab-session';
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
  /** Whether the statements are to be explained in place of being run. */
  readonly explain?: ExplainMode | undefined;
  /** Rows to read of each result before it is shown. */
  readonly firstRows?: number | undefined;
  /** What the tab asks of its statements; when left out, what it asked for last. */
  readonly options?: TabOptions | undefined;
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
  readonly #running = new Map<string, Execution>();
  readonly #questions = new Questions();
  readonly #examiner: Examiner;

  constructor(examiner: Examiner) {
    this.#examiner = examiner;
  }

  /**
   * Plans, asks, then runs statement by statement until one fails, or to the end where that is
   * wanted. Nothing is sent when a person declines. Raises DatabaseError of kind InvalidInput or
   * ReadOnly before anything is sent; what the server refuses is an outcome.
   */
  async run(connection: OpenConnection, request: RunRequest, hooks: RunHooks): Promise<QueryRun> {
    const session = connection.tab(request.tabId);
    const execution = new Execution(connection, session);
    const isCancelled = (): boolean => execution.isCancelled;
    // A question may take long: what was meant for this session must not run in another.
    const { isBound } = session;
    this.#running.set(request.executionId, execution);
    try {
      const planned = await this.#plan(request, execution);
      if (planned === null) return cancelledEarly(session, request);
      if (request.options !== undefined) session.options = request.options;
      refuseWritesIfReadOnly(connection.info, session, planned);
      // Each step over a script of 20,000 statements is enough for one turn of the event loop.
      await setImmediate();
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
          outcomes: [declined(planned)],
          transaction: session.transaction,
          nothingSent: true,
        };
      }
      const earlier = new EarlierResults(session, request.keepsResults);
      await earlier.interrupt();
      await setImmediate();
      hooks.onSending?.(planned);
      const outcomes: StatementOutcome[] = [];
      if (choice === 'review') {
        const opening = await beginReview(session, planned, isBound);
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
          continues: isBound || index > 0 || choice === 'review',
          isLast: index === planned.length - 1,
          text: request.text,
          firstRows: request.firstRows,
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
      execution.end();
    }
  }

  /** Null when the run was cancelled meanwhile. */
  async #plan(request: RunRequest, execution: Execution): Promise<PlannedStatement[] | null> {
    try {
      return await planRun(this.#examiner, request, execution.signal);
    } catch (error) {
      if (execution.isCancelled) return null;
      throw error;
    }
  }

  /**
   * Stops a run: the statement under way is cancelled, later ones are not sent. With `asking`, it resolves
   * when the run has ended, or when a person waits on for a server that does not stop: see escalate.
   * Unknown ids are ignored. Raises DatabaseError when the server could not be told.
   */
  async cancel(executionId: string, asking?: Asking): Promise<void> {
    await this.#running.get(executionId)?.cancel(asking);
  }
}

/** A run under way. */
class Execution {
  readonly #connection: OpenConnection;
  readonly #session: TabSession;
  readonly #over: Promise<void>;
  /** Ends the wait for it. */
  end: () => void = () => undefined;
  readonly #abort = new AbortController();
  #escalation: Promise<void> | null = null;

  constructor(connection: OpenConnection, session: TabSession) {
    this.#connection = connection;
    this.#session = session;
    this.#over = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Aborted when the run is cancelled. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async cancel(asking: Asking | undefined): Promise<void> {
    this.#abort.abort();
    let failure: DatabaseError | null = null;
    try {
      await this.#session.cancel();
    } catch (error) {
      if (asking === undefined || !(error instanceof DatabaseError)) throw error;
      failure = error;
    }
    if (asking === undefined) return;
    // One question at a time, however often "Cancel" is pressed.
    this.#escalation ??= this.#escalate(asking, failure).finally(() => {
      this.#escalation = null;
    });
    await this.#escalation;
  }

  #escalate(asking: Asking, failure: DatabaseError | null): Promise<void> {
    return escalate({
      ...asking,
      connection: this.#connection.info,
      session: this.#session.stubborn,
      over: this.#over,
      failure,
    });
  }
}

/** How many statements have no outcome; nothing when all have one. */
function notRun(planned: readonly PlannedStatement[], outcomes: number): Pick<QueryRun, 'notRun'> {
  return planned.length > outcomes ? { notRun: planned.length - outcomes } : {};
}

/** A run that was cancelled while its text was still looked at. */
function cancelledEarly({ transaction }: TabSession, { text }: RunRequest): QueryRun {
  const { data: error } = cancelledError('It was cancelled before it was sent.');
  const range = { from: 0, to: text.length };
  const outcome = { status: 'failed' as const, range, error, durationMs: 0, notices: [] };
  return { outcomes: [outcome], transaction, nothingSent: true };
}

/** One outcome for the run as a whole. */
const declined = (planned: readonly PlannedStatement[]): StatementOutcome => ({
  status: 'declined',
  range: { from: planned[0]?.range.from ?? 0, to: planned.at(-1)?.range.to ?? 0 },
});

/** A lost link and a cancelled statement end a run whatever was chosen. */
function mustStop({ error }: FailedOutcome, { options }: RunRequest): boolean {
  return (
    options?.onError !== 'continue' || error.kind === 'ConnectionLost' || error.kind === 'Cancelled'
  );
}

type FailedOutcome = Extract<StatementOutcome, { status: 'failed' }>;
