import type { TestDatabase } from './database';

/** How many sessions of a database are in pg_sleep just now. */
export async function sleepingSessions(database: TestDatabase): Promise<number> {
  const { rows } = await database.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  );
  return rows.length;
}
