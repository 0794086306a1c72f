import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { GuardedLook } from '../../../src/main/services/query/impact/guarded-look';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';
import { slowDown } from './slow-message';

let database: TestDatabase;
let services: QueryServices;
let connectionId: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  // The planner runs it, as what is immutable. It outlives a cancel, and keeps a lock that tells why it woke.
  await database.query(`
    CREATE TABLE held (id int);
    CREATE FUNCTION sleepy() RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_sleep(60);
        RETURN 1;
      EXCEPTION WHEN query_canceled THEN
        PERFORM pg_advisory_lock(CASE WHEN sqlerrm LIKE '%user request' THEN 1 ELSE 2 END);
        RETURN 1;
      END $$`);
  services = await QueryServices.start();
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(async () => {
  connectionId = await services.connect(database.settings);
  tab = services.tab(connectionId);
});
afterEach(() => services.registry.close(connectionId));

async function valuesOf(text: string): Promise<(string | null)[]> {
  const { rows } = await database.query<{ value: string | null }>(text);
  return rows.map(({ value }) => value);
}

const busySessions = (): Promise<(string | null)[]> =>
  valuesOf(
    `SELECT wait_event AS value FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
  );

it.each([
  ['in another session', null],
  ['in the session of the tab', 'begin; insert into held values (1)'],
])('a cancel ends a look before a question on the server: %s', async (_where, before) => {
  if (before !== null) await tab.setUp(before);
  const run = tab.run('delete from held where sleepy() = 1', 'run');
  await expect.poll(busySessions).toEqual(['PgSleep']);
  await tab.cancel();
  expect(await run).toMatchObject({
    nothingSent: true,
    outcomes: [{ status: 'failed', error: { kind: 'Cancelled' } }],
    transaction: before === null ? 'idle' : 'open',
  });
  expect(tab.asked).toEqual([]);
  await vi.waitUntil(async () => (await busySessions()).length === 0);
  // By the request, and none by a timeout: no further step was taken.
  const wokenBy = `SELECT objid::text AS value FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE locktype = 'advisory' AND datname = current_database()`;
  expect(await valuesOf(wokenBy)).toEqual(['1']);
  if (before === null) return;
  await tab.setUp('commit');
  expect(await valuesOf('SELECT id::text AS value FROM held')).toEqual(['1']);
});

it('a cancel that meets the end of a look leaves the transaction of the tab as it was', async () => {
  const { pool } = services.registry.get(connectionId);
  const client = await pool.acquire();
  await client.query('BEGIN');
  const terms = { endsAt: performance.now() + 10_000, searchPath: null };
  await GuardedLook.within(client, terms, () => {
    const query = client.query.bind(client);
    vi.spyOn(client, 'query').mockImplementationOnce(() =>
      query('DO $$ BEGIN RAISE query_canceled; END $$'),
    );
    return Promise.resolve();
  });
  expect(client.client.getTransactionStatus()).toBe('T');
  client.release();
});

it.each([
  ['a look begins with', 'SHOW transaction_isolation', 'delete from held'],
  ['sets the savepoint of a look', 'SAVEPOINT postern_look', 'delete from held'],
  ['looks at the session afterwards', 'SHOW transaction_read_only', 'select 1'],
  ['looks at the locks of a review', 'WITH held', null],
])(
  'a cancel that comes with the message that %s leaves the transaction as it was',
  async (_what, message, text) => {
    await database.query('TRUNCATE held');
    const settings = { ...database.settings, readOnly: text === 'select 1' };
    const isReview = text === null;
    const ownConnection = await services.connect(settings);
    const own = services.tab(ownConnection);
    if (!isReview) await own.setUp('begin; select 1');
    slowDown(message);
    const run = isReview
      ? own.run('insert into held values (1); truncate held', 'review')
      : own.run(text, 'run');
    await expect.poll(busySessions).toEqual(['PgSleep']);
    await own.cancel();
    expect((await run).transaction).toBe('open');
    // The tag of one that has failed would be ROLLBACK.
    const { outcomes } = await own.run('commit', 'run');
    expect(outcomes).toMatchObject([{ result: { commandTag: 'COMMIT' } }]);
    await services.registry.close(ownConnection);
  },
);
