import { expect, it } from 'vitest';
import { Pool } from '../../../src/main/db/pool/pool';
import { GuardedLook } from '../../../src/main/services/query/impact/guarded-look';
import { failureOf } from '../db/failure-of';
import { createDatabase } from '../database';

// As when a cancel meets the message that a look begins with.
it('a look that cannot even begin leaves the open transaction as it was', async () => {
  const database = await createDatabase();
  await database.query('CREATE TABLE kept (id int)');
  const pool = new Pool({ settings: database.settings });
  const client = await pool.acquire();
  await client.query('BEGIN');
  await client.query('INSERT INTO kept VALUES (1)');
  // Longer than the server takes for a timeout.
  const endsAt = performance.now() + 1e13;
  const look = GuardedLook.within(client, { endsAt, searchPath: null }, () => Promise.resolve());
  expect((await failureOf(look)).data.sqlState).toBe('22023');
  await client.query('COMMIT');
  expect(await client.query('SELECT id FROM kept')).toEqual([{ id: '1' }]);
  client.release();
  await pool.close();
  await database.drop();
});
