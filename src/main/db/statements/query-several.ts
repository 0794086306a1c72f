import type { QueryResult } from 'pg';
import { toDatabaseError } from '../errors/database-error';
import type { PooledClient } from '../pool/pooled-client';
import type { TextRow } from './queryable';

/**
 * Runs several statements of our own in one message, and gives the rows of each. The simple protocol
 * makes one transaction of them outside a block. Raises DatabaseError.
 */
export async function querySeveral(
  { client }: PooledClient,
  statements: readonly string[],
): Promise<readonly (readonly TextRow[])[]> {
  const text = statements.join('; ');
  try {
    // pg answers several statements with an array, which its types leave out.
    const results: QueryResult<TextRow> | QueryResult<TextRow>[] = await client.query(text);
    return (Array.isArray(results) ? results : [results]).map(({ rows }) => rows);
  } catch (error) {
    throw toDatabaseError(error, { phase: 'query', statement: text });
  }
}
