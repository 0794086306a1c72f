import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rowTexts } from '../../../src/shared/models/row-batch';
import type { StatementOutcome } from '../../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let connectionId: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  services = await QueryServices.start();
  connectionId = await services.connect(database.settings);
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.query(
    `CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders SELECT generate_series(1, 5); CREATE TABLE "Log 🐘" (id int)`,
  );
  tab = services.tab(connectionId);
});
afterEach(async () => {
  await tab.close();
  await database.query('DROP TABLE IF EXISTS orders, "Log 🐘"');
});

async function rowCount(): Promise<number> {
  const { rows } = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM orders');
  return rows[0]?.n ?? -1;
}

function noticesOf(outcome: StatementOutcome | undefined): string[] {
  if (outcome?.status !== 'done') throw new Error(`The statement is ${JSON.stringify(outcome)}.`);
  return outcome.result.notices.map(({ message }) => message);
}

describe('a run under review', () => {
  it('is in nobody’s sight until COMMIT, and says what it did and locks', async () => {
    const run = await tab.run(
      'insert into "Log 🐘" select id from orders; delete from orders; truncate "Log 🐘"',
      'review',
    );
    expect(run.transaction).toBe('open');
    expect(run.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(run.review?.statements).toEqual([
      { commandTag: 'INSERT 0 5', rows: 5, changes: true },
      { commandTag: 'DELETE 5', rows: 5, changes: true },
      { commandTag: 'TRUNCATE TABLE', rows: null, changes: true },
    ]);
    expect(run.review?.locks).toEqual([
      { relation: 'public."Log 🐘"', mode: 'AccessExclusiveLock' },
      { relation: 'public.orders', mode: 'RowExclusiveLock' },
    ]);
    expect(await rowCount()).toBe(5);

    const ended = await tab.run('COMMIT', 'cancel');
    expect(ended).toMatchObject({ transaction: 'idle' });
    expect(ended.review).toBeUndefined();
    expect(await rowCount()).toBe(0);
    await expect.poll(() => services.registry.get(connectionId).pool.stats().active).toBe(0);
  });

  it('tells its locks also while rows of its last statement are unread', async () => {
    const run = await tab.run('delete from orders; select generate_series(1, 100000)', 'review');
    expect(run.review).toEqual({
      statements: [
        { commandTag: 'DELETE 5', rows: 5, changes: true },
        { commandTag: null, rows: null, changes: false },
      ],
      locks: [{ relation: 'public.orders', mode: 'RowExclusiveLock' }],
    });
  });

  it('leaves everything as it was after ROLLBACK', async () => {
    await tab.run('drop table orders', 'review');
    await tab.run('ROLLBACK', 'cancel');
    expect(await rowCount()).toBe(5);
  });

  it('is rolled back when its tab is closed', async () => {
    await tab.run('delete from orders', 'review');
    await tab.close();
    const openTransactions = async (): Promise<number | null> => {
      const { rowCount: sessions } = await database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      return sessions;
    };
    await expect.poll(openTransactions).toBe(0);
    expect(await rowCount()).toBe(5);
  });

  it('undoes the first statements when a later one fails', async () => {
    const run = await tab.run('delete from orders; select 1/0', 'review');
    expect(run.outcomes.map(({ status }) => status)).toEqual(['done', 'failed']);
    expect(run).toMatchObject({ transaction: 'failed', review: { locks: null } });
    await tab.run('COMMIT', 'cancel');
    expect(await rowCount()).toBe(5);
  });

  it('that was cancelled before its BEGIN opens nothing', async () => {
    tab.onSending = () => void tab.cancel();
    const run = await tab.run('delete from orders', 'review');
    expect(run).toMatchObject({
      nothingSent: true,
      transaction: 'idle',
      outcomes: [{ status: 'failed', error: { kind: 'Cancelled' } }],
    });
    expect(run.review).toBeUndefined();
  });

  it('that was cancelled right behind its BEGIN ends by itself, and says so', async () => {
    const session = services.registry.get(connectionId).tab(tab.tabId);
    const send = session.run.bind(session);
    vi.spyOn(session, 'run').mockImplementationOnce(async (begin) => {
      const begun = await send(begin);
      expect(session.transaction).toBe('open');
      await tab.cancel();
      return begun;
    });
    const run = await tab.run('delete from orders; delete from "Log 🐘"', 'review');
    expect(run).toMatchObject({
      transaction: 'idle',
      notRun: 1,
      outcomes: [
        {
          status: 'failed',
          error: { kind: 'Cancelled', advice: expect.stringContaining('was rolled back') },
        },
      ],
    });
    expect(run.review).toBeUndefined();
    await expect.poll(() => services.registry.get(connectionId).pool.stats().active).toBe(0);
    expect(await rowCount()).toBe(5);
  });

  it('is not offered where the run cannot be undone, nor within a transaction', async () => {
    expect((await tab.questionOf('delete from orders')).canReview).toBe(true);
    expect((await tab.questionOf('delete from orders; vacuum full orders')).canReview).toBe(false);
    await tab.setUp('begin');
    expect((await tab.questionOf('delete from orders')).canReview).toBe(false);
  });

  it('opens no transaction after a no', async () => {
    const run = await tab.run('delete from orders', 'cancel');
    expect(run).toMatchObject({ transaction: 'idle', outcomes: [{ status: 'declined' }] });
    expect(await rowCount()).toBe(5);
  });
});

describe('asking no more', () => {
  it('counts for the tab and the kind of statement alone', async () => {
    await tab.run('delete from orders', 'run', true);
    await tab.run('delete from orders', 'cancel');
    expect(tab.asked).toHaveLength(1);
    await tab.run('truncate orders', 'cancel');
    expect(tab.asked).toHaveLength(2);
    const other = services.tab(connectionId);
    await other.run('delete from orders', 'cancel');
    expect(other.asked).toHaveLength(1);
    await other.close();
  });

  it('is forgotten when the tab is closed, and not taken from a no', async () => {
    await tab.run('delete from orders', 'run', true);
    await tab.close();
    await tab.run('delete from orders', 'cancel', true);
    await tab.run('delete from orders', 'cancel');
    expect(tab.asked).toHaveLength(3);
  });

  it('does not count for statements that must always be asked about', async () => {
    await tab.run('delete from orders', 'run', true);
    const question = await tab.questionOf(
      `delete from orders; do $$ begin execute 'sel' || right('select 1', 5); end $$`,
    );
    expect(question.statements.map(({ kind }) => kind)).toEqual(['do']);
    expect(question.waivable).toEqual([]);
  });

  it('is no offer in production, where every change is asked about', async () => {
    const production = services.tab(await services.connect(database.settings, 'production'));
    const question = await production.questionOf('insert into orders values (9)');
    expect(question.waivable).toEqual([]);
    await production.run('insert into orders values (9)', 'run', true);
    await production.run('insert into orders values (10)', 'cancel');
    expect(production.asked).toHaveLength(3);
    await production.run('select * from orders', 'cancel');
    expect(production.asked).toHaveLength(3);
    expect(await rowCount()).toBe(6);
    await production.close();
  });
});

describe('a read-only connection', () => {
  let readOnly: Tab;
  beforeEach(async () => {
    readOnly = services.tab(await services.connect({ ...database.settings, readOnly: true }));
    await database.query(`
      CREATE OR REPLACE FUNCTION unlock() RETURNS text LANGUAGE sql AS $$ SELECT set_config('default_transaction_read_only', 'off', false) $$;
      CREATE OR REPLACE FUNCTION sneak() RETURNS int LANGUAGE sql AS $$ INSERT INTO orders VALUES (99) RETURNING 1 $$`);
  });
  afterEach(() => readOnly.close());

  it('tells of a function that took it off, and puts it on again', async () => {
    const { outcomes } = await readOnly.run('select unlock(); select sneak()', 'run');
    expect(noticesOf(outcomes[0])).toEqual([expect.stringContaining('to read and write')]);
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { sqlState: '25006' } });
    expect(await rowCount()).toBe(5);
    expect(noticesOf((await readOnly.run('select 1', 'run')).outcomes[0])).toEqual([]);
  });

  it('does so inside a transaction too, as soon as that has ended', async () => {
    const { outcomes } = await readOnly.run(
      'begin; select unlock(); commit; select sneak()',
      'run',
    );
    expect(noticesOf(outcomes[1])).toEqual([expect.stringContaining('to read and write')]);
    expect(outcomes[3]).toMatchObject({ status: 'failed', error: { sqlState: '25006' } });
    expect(await rowCount()).toBe(5);
  });

  it('keeps quiet, and its rows, where nothing was taken off', async () => {
    const { outcomes } = await readOnly.run('select id from orders order by id limit 1', 'run');
    const [outcome] = outcomes;
    if (outcome?.status !== 'done') throw new Error('It failed.');
    expect(outcome.result.notices).toEqual([]);
    expect(rowTexts(outcome.result.rows, 0)).toEqual(['1']);
  });
});
