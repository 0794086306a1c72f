import type { QueryRun } from '@shared/models/query-result';
import { Turn } from '../../../turn';
import type { OpenConnection } from '../../connections/open-connection';
import type { Asking } from '../cancelling/escalation';
import type { Confirm } from '../confirmation/confirmation';
import { Questions } from '../confirmation/questions';
import type { Examiner } from '../examination/examiner';
import type { TabSession } from '../session/tab-session';
import { Execution } from './execution';
import { refuseWritesIfReadOnly } from './read-only-refusal';
import { planRun, type PlannedStatement } from './run-plan';
import type { Run, RunHooks, RunRequest } from './run-request';
import { notRun, sendStatements, unsent } from './send-statements';
import { findSyntaxRefusal } from './syntax-refusal';

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
    // A question may take long: what was meant for this session must not run in another.
    const { isBound } = session;
    const run = { connection, session, execution, request, hooks, isBound, turn: new Turn() };
    this.#running.set(request.executionId, execution);
    try {
      return await this.#run(run);
    } finally {
      this.#running.delete(request.executionId);
      execution.end();
    }
  }

  async #run(run: Run): Promise<QueryRun> {
    const { connection, session, execution, request, hooks } = run;
    const planned = await this.#plan(request, execution);
    if (planned === null) return cancelledEarly(session, request);
    if (request.options !== undefined) session.options = request.options;
    refuseWritesIfReadOnly(connection.info, session, planned);
    // Each step over a script of 20,000 statements is enough for one turn of the event loop.
    if (run.turn.isOver) await run.turn.pass();
    const { signal } = execution;
    const refusal = await findSyntaxRefusal(session, planned, signal);
    if (refusal !== null) {
      return { outcomes: [refusal], transaction: session.transaction, ...notRun(planned, 1) };
    }
    if (execution.isCancelled) return cancelledEarly(session, request);
    const confirm = tellingOf(hooks);
    const { choice, statements } = await this.#questions.ask(connection, session, planned, {
      confirm,
      signal,
    });
    if (execution.isCancelled) return cancelledEarly(session, request);
    return choice === 'cancel'
      ? declined(session, statements)
      : sendStatements(run, statements, { isReview: choice === 'review' });
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

/** A run that a person did not want: one outcome for it as a whole. */
function declined({ transaction }: TabSession, statements: readonly PlannedStatement[]): QueryRun {
  const range = { from: statements[0]?.range.from ?? 0, to: statements.at(-1)?.range.to ?? 0 };
  return { outcomes: [{ status: 'declined', range }], transaction, nothingSent: true };
}
