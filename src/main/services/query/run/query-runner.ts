import { setImmediate } from 'node:timers/promises';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { QueryRun, RunTarget, StatementOutcome, TextRange } from '@shared/models/query-result';
import type { TabOptions } from '@shared/models/tab-options';
import type { ExplainMode } from '@shared/sql/explain';
import { cancelledError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import type { OnSending } from '../../history/record-run';
import type { Confirm } from '../confirmation/confirmation';
import { EarlierResults } from '../session/earlier-results';
import type { Asking } from '../cancelling/escalation';
import type { Examiner } from '../examination/examiner';
import { Questions } from '../confirmation/questions';
import { Execution } from './execution';
import { refuseWritesIfReadOnly } from './read-only-refusal';
import { planRun, type PlannedStatement } from './run-plan';
import { beginReview, endEmptyReview, type FailedOutcome, runOne } from './run-step';
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
  /** Told when a person begins to be asked, and when that is over. Nothing runs in between. */
  readonly onQuestion?: (isOpen: boolean) => void;
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
      const refusal = await findSyntaxRefusal(session, planned, execution.signal);
      if (refusal !== null) {
        return { outcomes: [refusal], transaction: session.transaction, ...notRun(planned, 1) };
      }
      if (isCancelled()) return cancelledEarly(session, request);
      const { signal } = execution;
      const confirm = tellingOf(hooks);
      const { choice, statements } = await this.#questions.ask(connection, session, planned, {
        confirm,
        signal,
      });
      if (isCancelled()) return cancelledEarly(session, request);
      if (choice === 'cancel') {
        return {
          outcomes: [declined(statements)],
          transaction: session.transaction,
          nothingSent: true,
        };
      }
      const earlier = new EarlierResults(session, request.keepsResults);
      await earlier.interrupt();
      await setImmediate();
      hooks.onSending?.(statements);
      const outcomes: StatementOutcome[] = [];
      let hasSent = false;
      if (choice === 'review') {
        const terms = { continues: isBound, isCancelled };
        const opening = await beginReview(session, statements, terms);
        await earlier.follow(opening.wasSent);
        if (opening.outcome !== null) {
          const { transaction } = session;
          return { outcomes: [opening.outcome], transaction, ...earlier.verdict };
        }
      }
      for (const [index, item] of statements.entries()) {
        if (isCancelled()) {
          // Quick statements end before they can be stopped: that the rest was not sent is told all the same.
          outcomes.push(unsent(item.range));
          break;
        }
        const progress = { completed: index, total: statements.length };
        const { outcome, wasSent } = await runOne(session, item, {
          isOnly: statements.length === 1,
          continues: isBound || index > 0 || choice === 'review',
          isLast: index === statements.length - 1,
          text: request.text,
          firstRows: request.firstRows,
          isCancelled,
          onSent: (sentShare) => hooks.onProgress({ ...progress, sentShare }),
        });
        hasSent ||= wasSent;
        await earlier.follow(wasSent);
        outcomes.push(outcome);
        hooks.onProgress({ completed: index + 1, total: statements.length });
        if (item.analysis.changesStructure) connection.describer.forget();
        if (outcome.status !== 'failed') continue;
        // What follows a failure in the transaction of a review would only be refused.
        if (choice === 'review' || !wasSent || mustStop(outcome, request)) break;
      }
      const [first] = outcomes;
      if (choice === 'review' && !hasSent && first?.status === 'failed') {
        outcomes[0] = await endEmptyReview(session, first);
      }
      const review =
        choice === 'review' && session.transaction !== 'idle'
          ? await reviewTransaction({
              session,
              pool: connection.pool,
              planned: statements,
              outcomes,
            })
          : undefined;
      return {
        outcomes,
        transaction: session.transaction,
        ...earlier.verdict,
        ...(review && { review }),
        ...notRun(statements, outcomes.length),
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

/** How many statements have no outcome; nothing when all have one. */
function notRun(planned: readonly PlannedStatement[], outcomes: number): Pick<QueryRun, 'notRun'> {
  return planned.length > outcomes ? { notRun: planned.length - outcomes } : {};
}

/** Asks, and tells when that begins and ends. */
function tellingOf({ confirm, onQuestion }: RunHooks): Confirm {
  return async (request, isOver) => {
    onQuestion?.(true);
    try {
      return await confirm(request, isOver);
    } finally {
      onQuestion?.(false);
    }
  };
}

/** A run that was cancelled before anything of it was sent. */
function cancelledEarly({ transaction }: TabSession, { text }: RunRequest): QueryRun {
  return { outcomes: [unsent({ from: 0, to: text.length })], transaction, nothingSent: true };
}

/** What a statement came to that was cancelled before it was sent. */
function unsent(range: TextRange): FailedOutcome {
  const { data: error } = cancelledError('It was cancelled before it was sent.');
  return { status: 'failed', range, error, durationMs: 0, notices: [] };
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
