import { endsWithin } from '../deadline';
import { cancelRunningStatement } from './cancel';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';

/** How long a request waits for what it is not to meet: a dead link must not keep it. Milliseconds. */
const spareMs = 2_000;

/**
 * Whether a person wants what runs on a session to stop, and the request that tells the server. A
 * request names a backend, not a statement: whoever sends the next one waits for `arrived` first.
 */
export class Cancellation {
  readonly #settings: ConnectionSettings;
  #isRequested = false;
  #underWay: Promise<unknown> = Promise.resolve();
  #spared: Promise<unknown> = Promise.resolve();

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
    const request = this.#spared.then(() => cancelRunningStatement(session, this.#settings));
    // The caller hears of a failure; whoever waits for it to be over does not. Of two the first may be
    // the last to arrive.
    this.#underWay = Promise.allSettled([this.#underWay, request]);
    await request;
  }

  /**
   * Sends what no request is to meet, since an open transaction would fail with it: one that comes
   * meanwhile waits until it is answered. Raises what `send` raises.
   */
  async spare<T>(send: () => Promise<T>): Promise<T> {
    await this.arrived();
    const answer = send();
    this.#spared = endsWithin(spareMs, answer).catch(() => undefined);
    return answer;
  }

  /** Resolves when no request is under way any more: the next statement is safe from it. */
  async arrived(): Promise<void> {
    await this.#underWay;
  }
}

/** For those who send something that a request must not meet. */
export type SparingCancellation = Pick<Cancellation, 'arrived' | 'spare'>;
