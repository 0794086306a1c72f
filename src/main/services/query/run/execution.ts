import { DatabaseError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import { type Asking, escalate } from '../cancelling/escalation';
import type { TabSession } from '../session/tab-session';

/** A run under way, and how it is stopped. */
export class Execution {
  readonly #connection: OpenConnection;
  readonly #session: TabSession;
  /** The results that the tab had before. */
  readonly #earlierIds: ReadonlySet<string>;
  readonly #over: Promise<void>;
  /** Ends the wait for it. */
  end: () => void = () => undefined;
  readonly #abort = new AbortController();
  #escalation: Promise<void> | null = null;

  constructor(connection: OpenConnection, session: TabSession) {
    this.#connection = connection;
    this.#session = session;
    this.#earlierIds = new Set(session.results.ids);
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
      if (!this.#waitsForEarlierPage) await this.#session.cancel();
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

  /** Whether the run waits for a page that a person scrolls to: not sending the run stops it, and no more. */
  get #waitsForEarlierPage(): boolean {
    const { sparedId } = this.#session.results;
    return sparedId !== null && this.#earlierIds.has(sparedId);
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
