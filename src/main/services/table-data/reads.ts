import type { OpenConnection } from '../connections/open-connection';
import { ReadOnlySession } from './read-only-session';

/** The reads under way, each on a session of its own, by the id under which they can be cancelled. */
export class Reads {
  readonly #running = new Map<string, () => Promise<void>>();

  /**
   * Runs `work` on a session and gives it back afterwards, unless it is kept for what came of it. Raises
   * what `work` and opening the session raise.
   */
  async run<T>(
    connection: OpenConnection,
    readId: string,
    work: (session: ReadOnlySession) => Promise<T>,
    keepsSession: (result: T) => boolean = () => false,
  ): Promise<T> {
    const waiting = new AbortController();
    const opened: { session: ReadOnlySession | null } = { session: null };
    const cancel = async (): Promise<void> => {
      waiting.abort();
      await opened.session?.cancel();
    };
    this.#running.set(readId, cancel);
    connection.addHolder(readId, cancel);
    let isKept = false;
    try {
      opened.session = await ReadOnlySession.open(connection, waiting.signal);
      const result = await work(opened.session);
      isKept = keepsSession(result);
      return result;
    } finally {
      this.#running.delete(readId);
      connection.removeHolder(readId);
      // Not waited for: the rows are on their way while the transaction ends.
      if (!isKept) void opened.session?.release();
    }
  }

  /** Stops a read; unknown ids are ignored. Never raises. */
  async cancel(readId: string): Promise<void> {
    await this.#running.get(readId)?.();
  }
}
