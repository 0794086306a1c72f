import type { QueryRun } from '@shared/models/query-result';
import type { TabSession } from './tab-session';

/** The results that a tab has when a run begins: they stay until a statement of the run was sent. */
export class EarlierResults {
  readonly #session: TabSession;
  readonly #resultIds: readonly string[];
  #wasAnySent = false;

  /** `keepsResults`: they stay whatever is sent. */
  constructor(session: TabSession, keepsResults = false) {
    this.#session = session;
    this.#resultIds = keepsResults ? [] : session.results.ids;
  }

  /** Ends the reading of their rows, so that the run does not wait for it. */
  async interrupt(): Promise<void> {
    if (this.#resultIds.length > 0) await this.#session.results.interrupt();
  }

  /** Takes note of a step of the run, and frees the results behind the first that was sent. */
  async follow(wasSent: boolean): Promise<void> {
    if (!wasSent || this.#wasAnySent) return;
    this.#wasAnySent = true;
    await this.#session.results.closeAll(this.#resultIds);
  }

  /** What the run says of it. */
  get verdict(): Pick<QueryRun, 'nothingSent'> {
    return this.#wasAnySent ? {} : { nothingSent: true };
  }
}
