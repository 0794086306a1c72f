import { DatabaseError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import { type Asking, escalate } from '../cancelling/escalation';
import type { TabSession } from '../session/tab-session';

/** A run under way, and how it is stopped. */
export class Execution {
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
    const abort = (): void => this.#abort.abort();
    session.closing.addEventListener('abort', abort);
    this.#over = new Promise((resolve) => {
      this.end = () => {
        session.closing.removeEventListener('abort', abort);
        resolve();
      };
    });
  }

  get isCancelled(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Aborted when the run is cancelled, or its tab closed. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Stops what the session runs: see QueryRunner.cancel. Raises DatabaseError. */
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
