import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskToEnd } from '../../../src/main/services/query/cancelling/escalation';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;
const ask = vi.fn<AskToEnd>();

/** Goes on whatever it is told, but for the end of its session. */
const deaf = `
  create function deaf() returns void language plpgsql as $$
  begin
    loop
      begin
        perform pg_sleep(0.05);
      exception when query_canceled then
        null;
      end;
    end loop;
  end $$`;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(deaf);
});
afterAll(() => database.drop());
beforeEach(async () => {
  ask.mockReset();
  const limits = { ...database.settings.limits, maxConnections: 1 };
  tab = await OptionsTab.open({ ...database.settings, limits });
  return () => tab.close();
});

const backends = async (): Promise<number> =>
  Number(
    (
      await database.query<{ count: string }>(
        `select count(*) from pg_stat_activity where query ~ '^select deaf' and state = 'active' and datname = current_database()`,
      )
    ).rows[0]?.count,
  );

describe('a statement that does not answer to a cancel', () => {
  it('is asked about, and ended with its session over another one when the pool has none left', async () => {
    await tab.run('create temporary table mine (id int)');
    const running = tab.run('begin; select deaf()');
    await expect.poll(backends).toBe(1);
    ask.mockResolvedValue(true);
    await tab.cancel(ask);
    expect(ask.mock.calls.map(([question]) => question)).toMatchObject([
      {
        step: 'end-session',
        reason: null,
        losses: [
          'what the open transaction has changed so far',
          'its settings, temporary tables and locks',
        ],
      },
    ]);
    expect((await running).outcomes.at(-1)).toMatchObject({
      status: 'failed',
      error: { kind: 'Cancelled', message: expect.stringContaining('session was ended') },
    });
    expect(await backends()).toBe(0);
    expect(await tab.value('select 7')).toBe('7');
  });

  it('runs on after a no, and is asked about again after the next cancel', async () => {
    const running = tab.run('select deaf()');
    await expect.poll(backends).toBe(1);
    ask.mockResolvedValueOnce(false);
    await tab.cancel(ask);
    expect(await backends()).toBe(1);
    ask.mockResolvedValueOnce(true);
    await tab.cancel(ask);
    expect((await running).outcomes).toMatchObject([{ error: { kind: 'Cancelled' } }]);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('needs no answer any more when it ends meanwhile', async () => {
    const running = tab.run('select deaf()');
    await expect.poll(backends).toBe(1);
    ask.mockImplementation(
      (_question, isOver) =>
        new Promise((resolve) => {
          isOver.addEventListener('abort', () => resolve(true));
        }),
    );
    const cancelled = tab.cancel(ask);
    await expect.poll(() => ask.mock.calls.length, { timeout: 6_000 }).toBe(1);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query ~ '^select deaf' and datname = current_database()`,
    );
    await cancelled;
    await running;
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('loses its link as the last resort, when the role may end no session', async () => {
    const role = await database.createRole();
    await database.query(
      `revoke execute on function pg_catalog.pg_terminate_backend(int, bigint) from public`,
    );
    const limits = { ...database.settings.limits, maxConnections: 1 };
    const own = await OptionsTab.open({ ...role.settings, limits });
    const running = own.run('select deaf()');
    await expect.poll(backends).toBe(1);
    ask.mockResolvedValue(true);
    await own.cancel(ask);
    expect(ask.mock.calls.map(([{ step }]) => step)).toEqual(['end-session', 'drop-link']);
    expect(ask.mock.calls[1]?.[0].reason).toMatch(/permission denied/);
    expect((await running).outcomes).toMatchObject([
      { error: { kind: 'ConnectionLost', message: expect.stringContaining('link') } },
    ]);
    await own.close();
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role.name}'`,
    );
    await database.query(
      `grant execute on function pg_catalog.pg_terminate_backend(int, bigint) to public`,
    );
    await expect.poll(backends).toBe(0);
  });

  it('does not keep its tab from closing', async () => {
    const running = tab.run('select deaf()');
    await expect.poll(backends).toBe(1);
    await tab.service.closeTab(tab.connectionId, tab.tabId);
    expect((await running).outcomes).toMatchObject([{ error: { kind: 'Cancelled' } }]);
    expect(await backends()).toBe(0);
  });
});

describe('a statement that answers to a cancel', () => {
  it('is not asked about', async () => {
    const running = tab.run('select pg_sleep(60)');
    const sleeps = `select 1 from pg_stat_activity where wait_event = 'PgSleep' and query = 'select pg_sleep(60)' and datname = current_database()`;
    await expect.poll(async () => (await database.query(sleeps)).rowCount).toBe(1);
    await tab.cancel(ask);
    expect((await running).outcomes).toMatchObject([
      { error: { kind: 'Cancelled', sqlState: '57014' } },
    ]);
    expect(ask).not.toHaveBeenCalled();
  });
});
