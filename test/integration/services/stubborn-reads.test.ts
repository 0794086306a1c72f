import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { onOwnClient } from '../../../src/main/services/export/sources/leases';
import { ReadOnlySession } from '../../../src/main/services/table-data/read-only-session';
import { failureOf } from '../db/failure-of';
import { openTables, readPage, selectionOf, type TableFixture } from '../table-data/fixture';

let fixture: TableFixture;
const patienceMs = 100;
const statement = { text: 'select deaf()', values: [] };

beforeAll(async () => {
  fixture = await openTables();
  // Goes on whatever it is told, but for the end of its session.
  await fixture.database.query(`
    create function deaf() returns setof int language plpgsql as $$
    begin
      loop
        begin
          perform pg_sleep(0.05);
        exception when query_canceled then
          null;
        end;
      end loop;
    end $$`);
  await fixture.database.query('create view long_list as select generate_series(1, 1000000) as n');
});
afterEach(async () => {
  await fixture.database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query ~ 'deaf' and datname = current_database() and pid <> pg_backend_pid()`,
  );
});
afterAll(() => fixture.close());

/** Backends whose statement, running or last, fits. */
async function backends(query: string): Promise<number> {
  const { rows } = await fixture.database.query(
    `select from pg_stat_activity
      where query ~ $1 and datname = current_database() and pid <> pg_backend_pid()`,
    [query],
  );
  return rows.length;
}

it('a read of a table that does not stop is ended with its session, without a question', async () => {
  const connection = fixture.registry.get(fixture.connectionId);
  const session = await ReadOnlySession.open(connection, new AbortController().signal);
  const failure = failureOf(session.run(statement));
  await expect.poll(() => backends('^select deaf')).toBe(1);
  await session.cancel(patienceMs);
  expect((await failure).data).toMatchObject({
    kind: 'Cancelled',
    advice: expect.stringContaining('pg_stat_activity'),
  });
  await expect.poll(() => backends('^select deaf')).toBe(0);
  await session.release();
});

it('a read that is cancelled while it waits for a session does not run', async () => {
  const { settings } = fixture.database;
  const limits = { ...settings.limits, maxConnections: 1 };
  const connectionId = await fixture.open({ ...settings, limits });
  const selection = selectionOf('long_list');
  // What is left to wait for is the session of the read itself.
  await fixture.tables.describe(connectionId, selection.relation);
  const { pool } = fixture.registry.get(connectionId);
  const holder = await pool.acquire();
  const readId = randomUUID();
  const counted = failureOf(fixture.tables.counts.exact(connectionId, { readId, selection }));
  await expect.poll(() => pool.stats().waiting).toBe(1);
  await fixture.tables.cancel(readId);
  expect((await counted).data.kind).toBe('Cancelled');
  expect(pool.stats().waiting).toBe(0);
  holder.release();
  expect(await backends('count.*long_list')).toBe(0);
  await fixture.registry.close(connectionId);
});

it('an export that does not stop is ended with its session', async () => {
  const connection = fixture.registry.get(fixture.connectionId);
  const abort = new AbortController();
  const exported = failureOf(
    onOwnClient(connection, statement, [])(abort.signal, () => Promise.resolve()),
  );
  await expect.poll(() => backends('^select deaf')).toBe(1);
  abort.abort();
  expect((await exported).kind).toBe('Cancelled');
  await expect.poll(() => backends('^select deaf')).toBe(0);
});

it('what the tables of a window read ends with it: streams, and reads under way', async () => {
  const connection = fixture.registry.get(fixture.connectionId);
  const tabId = randomUUID();
  const { streamId } = await readPage(fixture, selectionOf('long_list'), { tabId, maxRows: 10 });
  expect(await backends('long_list')).toBe(1);
  const { tables, connectionId } = fixture;
  const selection = selectionOf('long_list', { where: 'pg_sleep(0.1) is not null' });
  const counted = failureOf(tables.counts.exact(connectionId, { readId: randomUUID(), selection }));
  await expect.poll(() => backends('pg_sleep')).toBe(1);
  await connection.closeTabs();
  expect((await counted).kind).toBe('Cancelled');
  await expect.poll(() => connection.pool.stats().active).toBe(0);
  const readOn = failureOf(fixture.tables.readOn(tabId, streamId ?? '', 10));
  expect((await readOn).kind).toBe('NotFound');
});
