import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let local: string;
let production: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE orders (id int);
    INSERT INTO orders VALUES (1);
  `);
  services = await QueryServices.start();
  local = await services.connect(database.settings);
  production = await services.connect(database.settings, 'production');
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(() => {
  tab = services.tab(local);
  return () => tab.close();
});

describe('a statement that meets nothing that lasts', () => {
  it.each([
    'drop table if exists nothing',
    'drop table if exists nothing; drop schema if exists nothing cascade; drop type if exists nothing',
    'drop function if exists nothing(int)',
    'begin; drop table if exists nothing; create table nothing (id int); rollback',
    'create temp table part as select 1 as id; delete from part; truncate part; drop table part',
    'drop table if exists part; create temp table part (id int); drop table if exists part',
    'create temp table part (id int); update part set id = 1; drop table pg_temp.part',
  ])('is not asked about: %s', async (text) => {
    await tab.setUp(text);
    expect(tab.asked).toEqual([]);
  });

  it('is not asked about where an earlier run made the temporary table', async () => {
    await tab.setUp('create temp table part as select 1 as id');
    await tab.setUp('delete from part; truncate part; drop table part');
    expect(tab.asked).toEqual([]);
  });

  it('is not asked about where it moves rows out of a temporary table', async () => {
    await tab.setUp('create temp table part as select 7 as id');
    await tab.setUp(
      'with gone as (delete from part returning id) insert into orders select * from gone',
    );
    expect(tab.asked).toEqual([]);
    await tab.run(
      'with gone as (delete from orders returning id) insert into part select 8',
      'cancel',
    );
    expect(tab.asked).toHaveLength(1);
  });

  it('gets the error of the server where there is nothing', async () => {
    const { outcomes } = await tab.run('delete from nothing', 'cancel');
    expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '42P01' } }]);
  });

  it.each([
    'drop table if exists nothing, orders',
    'truncate nothing, orders',
    'create table later (id int); drop table later',
    'do $$ begin create table later (id int); end $$; drop table later',
    'begin; drop table if exists nothing; rollback; drop table nothing',
    'create temp table part (id int); drop table orders',
    'create temp table orders (id int); delete from orders',
    'begin; create temp table orders (id int) on commit drop; commit; delete from orders',
    'set search_path = public; drop table if exists nothing',
    'with gone as (delete from nothing returning 1), more as (delete from orders) select 1',
  ])('is not taken for one that does: %s', async (text) => {
    await tab.run(text, 'cancel');
    expect(tab.asked).toHaveLength(1);
  });

  it('is not taken for one that meets what a temporary table hides', async () => {
    await tab.setUp('create temp table orders (id int)');
    const { statements } = await tab.questionOf('drop table orders; drop table orders');
    expect(statements).toHaveLength(1);
    await tab.questionOf('discard temp; drop table orders');
    await tab.questionOf('drop table public.orders');
  });

  it('is asked about in production all the same', async () => {
    const there = services.tab(production);
    await there.run('drop table if exists nothing', 'cancel');
    expect(there.asked).toHaveLength(1);
    await there.close();
  });

  it('that cannot be planned is not given another name', async () => {
    const { statements } = await tab.questionOf(
      'with gone as (delete from orders returning no) select * from gone',
    );
    expect(statements).toMatchObject([
      { impacts: [{ targets: [], refusal: 'column "no" does not exist' }] },
    ]);
  });
});
