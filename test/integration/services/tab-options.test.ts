import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query('create table victims (id int)');
  await database.query(
    'create function writes() returns int language sql as $$ insert into victims values (1) returning 1 $$',
  );
});
afterAll(() => database.drop());
beforeEach(async () => {
  const limits = { ...database.settings.limits, maxConnections: 1 };
  tab = await OptionsTab.open({ ...database.settings, limits, statementTimeoutMs: 60_000 });
  return () => tab.close();
});

describe('the timeout of a tab', () => {
  it('stops a statement, and says which timeout it was and where to change it', async () => {
    tab.options = { statementTimeoutMs: 50 };
    const { outcomes } = await tab.run('select pg_sleep(30)');
    expect(outcomes).toMatchObject([
      {
        status: 'failed',
        error: {
          kind: 'Timeout',
          sqlState: '57014',
          advice: expect.stringContaining('timeout of this tab: 50 ms'),
        },
      },
    ]);
  });

  it('is told apart from the timeout of the connection', async () => {
    const limits = { ...database.settings.limits, maxConnections: 1 };
    const other = await OptionsTab.open({ ...database.settings, limits, statementTimeoutMs: 50 });
    const { outcomes } = await other.run('select pg_sleep(30)');
    expect(outcomes).toMatchObject([
      { error: { kind: 'Timeout', advice: expect.stringContaining('of the connection: 50 ms') } },
    ]);
    await other.close();
  });

  it('is told apart from a cancel', async () => {
    tab.options = { statementTimeoutMs: 30_000 };
    const running = tab.run('select pg_sleep(30)');
    const busy = `select 1 from pg_stat_activity where query = 'select pg_sleep(30)' and state = 'active' and datname = current_database()`;
    await expect.poll(async () => (await database.query(busy)).rowCount).toBe(1);
    await tab.cancel();
    expect((await running).outcomes).toMatchObject([{ error: { kind: 'Cancelled' } }]);
  });

  it('is never met by whoever has the session next', async () => {
    expect(await tab.inPool('statement_timeout')).toBe('1min');
    tab.options = { statementTimeoutMs: 1_500 };
    expect(await tab.value('show statement_timeout')).toBe('1500ms');
    expect(await tab.inPool('statement_timeout')).toBe('1min');
    tab.options = {};
    expect(await tab.value('show statement_timeout')).toBe('1min');
  });

  it.each(['call stepwise()', 'do $$ begin call stepwise(); end $$'])(
    'does not call undone what a statement has committed by itself: %s',
    async (text) => {
      await database.query(`
        create table if not exists steps (at int);
        create or replace procedure stepwise() language plpgsql as
          $$ begin insert into steps values (1); commit; perform pg_sleep(30); end $$`);
      tab.options = { statementTimeoutMs: 200 };
      const { outcomes } = await tab.run(text);
      expect((await database.query('select from steps')).rowCount).toBeGreaterThan(0);
      expect(outcomes).toMatchObject([
        {
          error: {
            kind: 'Timeout',
            advice: expect.stringContaining('had committed by then stays'),
          },
        },
      ]);
    },
  );

  it('can be none where the connection has one', async () => {
    tab.options = { statementTimeoutMs: 0 };
    expect(await tab.value('show statement_timeout')).toBe('0');
  });

  it('stays in force after a rollback, and gives way to what the session had before', async () => {
    await tab.run(`set statement_timeout = '7s'`);
    tab.options = { statementTimeoutMs: 1_500 };
    await tab.run('begin; set transaction isolation level serializable');
    expect(await tab.value('show transaction_isolation')).toBe('serializable');
    await tab.run('select nowhere');
    await tab.run('rollback');
    expect(await tab.value('show statement_timeout')).toBe('1500ms');
    tab.options = {};
    expect(await tab.value('show statement_timeout')).toBe('7s');
  });

  it('does not put a statement into a transaction', async () => {
    tab.options = { statementTimeoutMs: 20_000 };
    const { outcomes } = await tab.run('vacuum victims');
    expect(outcomes).toMatchObject([{ status: 'done' }]);
  });
});

describe('a read-only tab', () => {
  const victims = async (): Promise<number | null> =>
    (await database.query('select 1 from victims')).rowCount;

  beforeEach(() => {
    tab.options = { readOnly: true };
  });

  it.each([
    'insert into victims values (1)',
    'create table more (id int)',
    'select 1; drop table victims',
    'set transaction read write',
    'begin read write',
    'set default_transaction_read_only = off',
    `select set_config('transaction_read_only', 'off', false)`,
    `select set_config('default_' || 'transaction_read_only', 'off', false)`,
    'reset all',
    'discard all',
    'do $$ begin insert into victims values (1); end $$',
    `do $$ begin execute 'set default_transaction_read_only = off'; commit; execute 'insert into victims values (1)'; end $$`,
    `copy victims to program 'cat'`,
    'grant select on victims to public',
    'call somewhere()',
  ])('refuses before anything is sent: %s', async (text) => {
    await expect(tab.run(text)).rejects.toMatchObject({
      data: { kind: 'ReadOnly', message: 'This tab is read-only: nothing was sent.' },
    });
    expect(await victims()).toBe(0);
  });

  it('has the server refuse what no look at the statement tells', async () => {
    for (const text of ['select writes()', 'begin; select writes()']) {
      const { outcomes } = await tab.run(text);
      expect(outcomes.at(-1)).toMatchObject({
        status: 'failed',
        error: { kind: 'ReadOnly', sqlState: '25006' },
      });
    }
    expect(await victims()).toBe(0);
  });

  it('finds out when a function has set its session to write, says so and sets it back', async () => {
    await database.query(
      `create function escapes() returns text language sql as $$ select set_config('default_transaction_read_only', 'off', false) $$`,
    );
    const { notices } = await tab.only('select escapes()');
    expect(notices).toMatchObject([
      { message: expect.stringContaining('switched the session of this read-only tab') },
    ]);
    expect((await tab.run('select writes()')).outcomes).toMatchObject([
      { error: { sqlState: '25006' } },
    ]);
    expect(await victims()).toBe(0);
  });

  it('is not left by code that commits and goes on, once a function has switched the session', async () => {
    await database.query(
      `create function unlocks() returns text language sql as $$ select set_config('default_transaction_read_only', 'off', false) $$`,
    );
    const code = 'do $$ begin perform unlocks(); commit; perform writes(); end $$';
    await expect(tab.run(code)).rejects.toMatchObject({ data: { kind: 'ReadOnly' } });
    expect(await victims()).toBe(0);
  });

  it.each([
    [
      'in one script',
      (go: (text: string) => Promise<unknown>) =>
        go('select opens() from generate_series(1, 2000); select writes()'),
    ],
    [
      'while rows are unread',
      async (go: (text: string) => Promise<unknown>) => {
        await go('select opens() from generate_series(1, 2000)');
        await go('select writes()');
      },
    ],
    [
      'after a cursor',
      (go: (text: string) => Promise<unknown>) =>
        go('begin; declare c cursor for select opens(); fetch c; commit; select writes()'),
    ],
    [
      'after a failure',
      async (go: (text: string) => Promise<unknown>) => {
        await go('select opens(), 1 / (random()::int * 0)');
        await go('select writes()');
      },
    ],
  ])('has no statement follow a function that switched it: %s', async (_how, act) => {
    await database.query(
      `create or replace function opens() returns text language sql volatile as $$ select set_config('default_transaction_read_only', 'off', false) $$`,
    );
    await act((text) => tab.run(text));
    expect(await victims()).toBe(0);
  });

  it('need not be asked what its session says by itself', async () => {
    const proxy = await TcpProxy.start(inject('postgres'));
    const settings = { ...database.settings, port: proxy.port, readOnly: true };
    const other = await OptionsTab.open(settings);
    try {
      expect(await other.value('select 1')).toBe('1');
      const messages = proxy.sent.map((chunk) => chunk.toString('latin1'));
      expect(messages).toContainEqual(expect.stringContaining('select 1'));
      expect(messages).not.toContainEqual(expect.stringContaining('SHOW'));
    } finally {
      await other.close();
      await proxy.close();
    }
  });

  it('leaves nothing behind in the session for others', async () => {
    await tab.only('select 1');
    expect(await tab.inPool('default_transaction_read_only')).toBe('off');
  });

  it('makes an open transaction read-only, and writes again only in the next one', async () => {
    tab.options = {};
    await tab.run('begin; insert into victims values (1)');
    tab.options = { readOnly: true };
    expect((await tab.run('select writes()')).outcomes).toMatchObject([
      { error: { sqlState: '25006' } },
    ]);
    await tab.run('rollback');
    tab.options = {};
    await tab.run('insert into victims values (2)');
    expect(await victims()).toBe(1);
    await database.query('truncate victims');
  });

  it('writes nothing where the connection is read-only, whatever the tab asks for', async () => {
    const limits = { ...database.settings.limits, maxConnections: 1 };
    const other = await OptionsTab.open({ ...database.settings, limits, readOnly: true });
    other.options = { readOnly: false };
    await expect(other.run('insert into victims values (1)')).rejects.toMatchObject({
      data: { kind: 'ReadOnly', message: expect.stringContaining('The connection "test"') },
    });
    expect(await other.value('show transaction_read_only')).toBe('on');
    await other.close();
  });
});
