import { randomUUID } from 'node:crypto';
import type { RowBatch } from '@shared/models/row-batch';
import { DatabaseError } from '../../db/errors/database-error';
import type { OpenConnection } from '../connections/open-connection';
import type { ReadOnlySession } from './read-only-session';

interface RowStream {
  readonly id: string;
  readonly connection: OpenConnection;
  readonly session: ReadOnlySession;
}

/** Results that are read once from their start and are not at their end yet, at most one for each tab. */
export class RowStreams {
  readonly #streams = new Map<string, RowStream>();

  /** Keeps a session whose stream has further rows; returns the stream's id. */
  keep(connection: OpenConnection, tabId: string, session: ReadOnlySession): string {
    const stream = { id: randomUUID(), connection, session };
    this.#streams.set(tabId, stream);
    connection.addHolder(stream.id, () => this.close(tabId));
    return stream.id;
  }

  /** Raises DatabaseError: NotFound once the stream was closed. A stream ends with its last row. */
  async readOn(
    tabId: string,
    streamId: string,
    maxRows: number,
  ): Promise<{ rows: RowBatch; hasMore: boolean }> {
    const stream = this.#streams.get(tabId);
    if (stream?.id !== streamId) {
      throw new DatabaseError({
        kind: 'NotFound',
        message: 'The rest of these rows is no longer on the server.',
        advice: 'Reload the table to read them.',
      });
    }
    try {
      const page = await stream.session.readOn(maxRows);
      if (!page.hasMore) await this.close(tabId);
      return page;
    } catch (error) {
      await this.close(tabId);
      throw error;
    }
  }

  /** Gives up the unread rows of a tab; without any it does nothing. Never raises. */
  async close(tabId: string): Promise<void> {
    const stream = this.#streams.get(tabId);
    if (stream === undefined) return;
    this.#streams.delete(tabId);
    stream.connection.removeHolder(stream.id);
    await stream.session.release();
  }
}
