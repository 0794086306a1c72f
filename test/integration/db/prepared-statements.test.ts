import { expect, inject, it } from 'vitest';
import type { Queryable } from '../../../src/main/db/statements/queryable';
import { startPgBouncer } from '../pgbouncer';
import { usePools } from './pool-fixture';

const { database, createPool } = usePools();
const one = { limits: { maxConnections: 1 } };

/** The statements that the one session of a pool has prepared. */
async function prepared(pool: Queryable): Promise<(string | null)[]> {
  const rows = await pool.query(
    `SELECT statement FROM pg_prepared_statements WHERE name LIKE 'postern%' ORDER BY name`,
  );
  return rows.map(({ statement }) => statement ?? null);
}

it('prepares what comes again, and nothing else', async () => {
  const pool = createPool(one);
  for (const value of ['1', '2', '3']) {
    const rows = await pool.query('SELECT $1::int AS n', [value], { isRepeated: true });
    expect(rows).toEqual([{ n: value }]);
  }
  await pool.query('SELECT 5');
  expect(await prepared(pool)).toEqual(['SELECT $1::int AS n']);
});

it('keeps a bounded number for each session', async () => {
  const pool = createPool(one);
  for (let count = 0; count < 40; count += 1) {
    expect(await pool.query(`SELECT ${count} AS n`, [], { isRepeated: true })).toHaveLength(1);
  }
  expect(await prepared(pool)).toHaveLength(16);
});

it('runs again what a change of the relation has outdated', async () => {
  const pool = createPool(one);
  await database().query('CREATE TABLE changing (a int); INSERT INTO changing VALUES (1)');
  const read = () => pool.query('SELECT * FROM changing', [], { isRepeated: true });
  expect(await read()).toEqual([{ a: '1' }]);
  await database().query("ALTER TABLE changing ADD b text DEFAULT 'x'");
  expect(await read()).toEqual([{ a: '1', b: 'x' }]);
  expect(await read()).toEqual([{ a: '1', b: 'x' }]);
});

it('prepares anew after a session was reset, and after somebody discarded it', async () => {
  const pool = createPool(one);
  const read = () => pool.query('SELECT 1 AS n', [], { isRepeated: true });
  await read();
  const client = await pool.acquire();
  client.release({ resetSession: true });
  expect(await read()).toEqual([{ n: '1' }]);
  expect(await prepared(pool)).toHaveLength(1);
  await pool.query('DEALLOCATE ALL');
  expect(await read()).toEqual([{ n: '1' }]);
  expect(await read()).toEqual([{ n: '1' }]);
});

it('prepares nothing behind a pooler in transaction mode', async () => {
  const pooler = await startPgBouncer(inject('postgres'), { mode: 'transaction', poolSize: 1 });
  const pool = createPool({ ...one, settings: { port: pooler.address.port } });
  await pool.query('SELECT 1 AS n', [], { isRepeated: true });
  expect(await prepared(pool)).toEqual([]);
  await pool.close();
  await pooler.stop();
});
