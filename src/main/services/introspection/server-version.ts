import type { Queryable } from '../../db/statements/queryable';

/**
 * The server's version as a number, 180004 for 18.4. Nearly every query of this folder runs on
 * PostgreSQL 14 to 18 unchanged; the few that read a catalog or column of later versions ask here.
 */
export async function readServerVersion(db: Queryable): Promise<number> {
  const [row] = await db.query(
    `SELECT pg_catalog.current_setting('server_version_num') AS version`,
  );
  return Number(row?.['version']);
}
