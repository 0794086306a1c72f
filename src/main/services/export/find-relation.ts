import { DatabaseError } from '../../db/errors/database-error';
import type { Pool } from '../../db/pool/pool';

/** A name to suggest is worth no longer wait. Milliseconds. */
const patienceMs = 1_000;

/**
 * The names of the relation with an oid; null for one that is gone, for 0, and when the server does
 * not answer in time.
 */
export async function findRelation(
  pool: Pool,
  oid: number,
): Promise<{ schema: string; name: string } | null> {
  if (oid === 0) return null;
  try {
    const [row] = await pool.query(
      `SELECT n.nspname AS schema, c.relname AS name
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = $1::pg_catalog.oid`,
      [String(oid)],
      { holder: 'export', signal: AbortSignal.timeout(patienceMs) },
    );
    return row?.['schema'] == null || row['name'] == null
      ? null
      : { schema: row['schema'], name: row['name'] };
  } catch (error) {
    // The name is a suggestion: an export goes on without it.
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}
