import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pool } from '../../../src/main/db/pool/pool';
import { retryingReads } from '../../../src/main/db/statements/retrying-reads';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ settings: database.settings });
});
afterAll(async () => {
  await pool.close();
  await database.drop();
});

it('answers although the session is terminated under the read', async () => {
  const reading = retryingReads(pool).query('select pg_sleep(0.5)');
  await expect
    .poll(async () => {
      const { rowCount } = await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query = 'select pg_sleep(0.5)'`,
      );
      return rowCount;
    })
    .toBe(1);
  await expect(reading).resolves.toHaveLength(1);
});

it('raises at once what another try cannot cure', async () => {
  let tries = 0;
  const counted = retryingReads({
    query: (text, values) => {
      tries += 1;
      return pool.query(text, values);
    },
  });
  await expect(counted.query('select nothing')).rejects.toMatchObject({ kind: 'InvalidQuery' });
  expect(tries).toBe(1);
});
