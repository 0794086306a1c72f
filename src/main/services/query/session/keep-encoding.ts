import { DatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';

/** What became of the encoding of a session; `unknown` where it could not be set back. */
export type EncodingState = 'kept' | 'switched' | 'unknown';

/**
 * Sets a session back to UTF-8 that a statement switched to another encoding: text is written and read
 * as UTF-8 here, so that values would be shown, and stored, as other ones. Not for a failed
 * transaction, which takes no SET; its ROLLBACK undoes what it has set.
 */
export async function keepEncoding(client: PooledClient): Promise<EncodingState> {
  if (client.client.speaksUtf8) return 'kept';
  try {
    await client.query(`SET client_encoding TO 'UTF8'`);
    return 'switched';
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return 'unknown';
  }
}

/** What a person is told of it. */
export function encodingNews(encoding: string): string {
  return `The statement set client_encoding to ${encoding}. It is UTF8 again: text is sent and read as UTF-8 here, and the server converts it. What this very statement returned may be shown wrongly.`;
}
