import { cancelRunningStatement } from './cancel';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';

/**
 * Whether a person wants what runs on a session to stop, and the request that tells the server. A
 * request names a backend, not a statement: whoever sends the next one waits for `arrived` first.
 */
export class Cancellation {
  readonly #settings: ConnectionSettings;
  #isRequested = false;
  #underWay: Promise<void> = Promise.resolve();

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  /** Whether the present statement is to stop, also one that is not sent yet. */
  get isRequested(): boolean {
    return this.#isRequested;
  }

  /** Begins with another statement, which nobody wants to stop yet. */
  forget(): void {
    this.#isRequested = false;
  }

  /**
   * Notes the wish, and tells the server where there is a session. Resolves when the server has taken
   * the request. Raises DatabaseError of kind ConnectionFailed when it could not be told.
   */
  async request(session: Session | null): Promise<void> {
    this.#isRequested = true;
    if (session === null) return;
    const request = cancelRunningStatement(session, this.#settings);
    // The caller hears of a failure; whoever waits for it to be over does not.
    this.#underWay = request.catch(() => undefined);
    await request;
  }

  /** Resolves when no request is under way any more: the next statement is safe from it. */
  arrived(): Promise<void> {
    return this.#underWay;
  }
}
