import type { PooledClient } from '../../../db/pool/pooled-client';
import { encodingNews, keepEncoding } from './keep-encoding';
import { ReadOnlyCheck } from './read-only-check';

/** What a session has to be. */
export interface SessionTerms {
  /** Who has it read-only; null where it may write. */
  readonly readOnlyFor: 'connection' | 'tab' | null;
  readonly isInTransaction: boolean;
  /** Each transaction then begins as read-only, which no function can change once it has a snapshot. */
  readonly poolsTransactions: boolean;
}

/** What was found: what a person is to be told, and whether the session has to be reset. */
export interface SessionFinding {
  readonly news: readonly string[];
  readonly mustReset: boolean;
}

/**
 * Looks whether a session still is what it has to be, whatever a statement set: that it speaks UTF-8,
 * and that it is read-only where nothing may be written. Not for a failed transaction, which answers
 * nothing.
 */
export class SessionCheck {
  readonly #readOnly = new ReadOnlyCheck();

  /** Something is about to run. */
  noteStatement(): void {
    this.#readOnly.noteStatement();
  }

  async look(client: PooledClient, terms: SessionTerms): Promise<SessionFinding> {
    const encoding = await lookAtEncoding(client, terms);
    // It is as new then.
    if (encoding.mustReset) return encoding;
    const readOnly = await this.#lookAtReadOnly(client, terms);
    return { news: [...encoding.news, ...readOnly.news], mustReset: readOnly.mustReset };
  }

  async #lookAtReadOnly(
    client: PooledClient,
    { readOnlyFor, isInTransaction, poolsTransactions }: SessionTerms,
  ): Promise<SessionFinding> {
    if (readOnlyFor === null || poolsTransactions || !this.#readOnly.isDue) return nothing;
    const state = await this.#readOnly.look(client, { isInTransaction });
    const switched = `The statement switched the session of this read-only ${readOnlyFor} to read and write. It is set back before the next statement outside a transaction.`;
    return {
      news: state === 'switched' ? [switched] : [],
      mustReset: state !== 'kept' && !isInTransaction,
    };
  }
}

const nothing: SessionFinding = { news: [], mustReset: false };

async function lookAtEncoding(
  client: PooledClient,
  { isInTransaction }: SessionTerms,
): Promise<SessionFinding> {
  const { encoding } = client.client;
  const state = await keepEncoding(client);
  if (state === 'kept') return nothing;
  return { news: [encodingNews(encoding)], mustReset: state === 'unknown' && !isInTransaction };
}
