import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let connectionId: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE orders (id int, state text);
    CREATE TABLE closed (order_id int, at date);
    CREATE TABLE parcels (no int PRIMARY KEY, weight int NOT NULL, note text);
    INSERT INTO parcels VALUES (1, 2), (2, 3);
    CREATE VIEW light AS SELECT * FROM parcels WHERE weight < 3;
    CREATE SCHEMA "Old Shop";
    CREATE TABLE "Old Shop".closed (id int);
    INSERT INTO orders VALUES (1, 'open'), (2, 'open');
    INSERT INTO closed VALUES (2, '2020-01-01');
  `);
  services = await QueryServices.start();
  connectionId = await services.connect(database.settings);
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(() => {
  tab = services.tab(connectionId);
  return () => tab.close();
});

const orders = async (): Promise<number | null> =>
  (await database.query('select 1 from orders')).rowCount;

describe('a condition with columns of its subqueries only', () => {
  it.each([
    [
      'delete from orders where exists (select 1 from closed where order_id = 2)',
      'order_id is a column',
    ],
    [
      `update orders set state = 'x' where exists (select 1 from closed where at > '2020-01-01' and order_id > 0)`,
      'at, order_id are columns',
    ],
    [
      'delete from orders where (select count(*) from "Old Shop".closed o where id > 0) > 0',
      'id is a column',
    ],
  ])('is asked about: %s', async (text, told) => {
    const { statements } = await tab.questionOf(text);
    const reasons = statements.flatMap(({ risks }) => risks.map(({ reason }) => reason));
    expect(reasons).toContainEqual(
      expect.stringMatching(new RegExp(`every row of orders or none: .*${told} of what`, 'u')),
    );
    expect(await orders()).toBe(2);
  });

  it.each([
    'delete from orders where exists (select 1 from closed where order_id = id and false)',
    'with c as (select 7 as x) delete from orders where exists (select 1 from c where x = 8)',
    'do $$ declare order_id int := 7; begin delete from orders where exists (select 1 where order_id = 8); end $$',
  ])('is not seen in: %s', async (text) => {
    await tab.setUp(text);
    expect(tab.asked).toEqual([]);
    expect(await orders()).toBe(2);
  });
});

describe('a subquery that gives a column of the row around it', () => {
  it('is asked about, since it chooses nothing', async () => {
    const question = await tab.questionOf('delete from orders where id in (select id from closed)');
    expect(question.statements).toMatchObject([
      {
        risks: [
          {
            code: 'condition-misses-target',
            level: 'confirm',
            reason:
              'closed has no column id: the subquery takes id from the row around it, and may choose every row.',
          },
        ],
        impacts: [{ action: 'delete', touched: { count: 2, isExact: true } }],
      },
    ]);
    expect(await orders()).toBe(2);
  });

  it.each([
    'delete from orders where id = any (select id from public.closed)',
    'delete from orders where id = any (array(select id from closed))',
    'delete from orders where id = (select id from closed limit 1)',
    'delete from orders where (id, state) in (select order_id, state from closed)',
    'delete from orders where id in (select id from closed c join closed d on c.at = d.at)',
    'update orders set state = (select state from closed) where id = 1',
    'explain analyze delete from orders where id in (select id from closed)',
    'with gone as (delete from orders where id in (select id from closed) returning *) select * from gone',
    'merge into orders o using closed c on o.id = c.order_id when matched and o.id in (select id from closed) then update set state = null',
  ])('is found in: %s', async (text) => {
    const { statements } = await tab.questionOf(text);
    expect(statements[0]?.risks.map(({ code, level }) => `${level} ${code}`)).toContain(
      'confirm condition-misses-target',
    );
  });

  it.each([
    'delete from orders where false and id in (select order_id from closed)',
    'delete from orders where false and id in (select id from "Old Shop".closed)',
    'delete from orders where false and id in (select closed from closed)',
    'delete from orders where false and id in (select x from closed as c (x))',
    'delete from orders where false and id in (select n from generate_series(1, 2) as n)',
    'with closed as (select 7 as id) delete from orders where false and id in (select id from closed)',
    'delete from orders where false and exists (select id from closed)',
    'select 1 from orders where id in (select id from closed)',
    'do $$ declare v int := 7; begin delete from orders where id in (select v from closed); end $$',
    'create temp table later (id int); delete from orders where false and id in (select id from later)',
  ])('is not seen where there is none: %s', async (text) => {
    const { outcomes } = await tab.run(text, 'cancel');
    expect(outcomes.map(({ status }) => status)).not.toContain('declined');
    expect(tab.asked).toEqual([]);
    expect(await orders()).toBe(2);
  });

  it('is looked for along the search_path of the tab, and among its temporary tables', async () => {
    await tab.setUp('set search_path = "Old Shop", public');
    await tab.run('delete from orders where false and id in (select id from closed)', 'cancel');
    expect(tab.asked).toEqual([]);
    await tab.setUp('create temp table closed (no int)');
    await tab.questionOf('delete from orders where id in (select id from closed)');
  });

  it('leaves an error in a name to the server', async () => {
    const { outcomes } = await tab.run(
      'delete from orders where id in (select idd from closed)',
      'cancel',
    );
    expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '42703' } }]);
  });
});

describe('a condition that asks for a column that is never NULL', () => {
  it.each([
    'delete from parcels where no is not null',
    'delete from public.parcels p where p.no notnull and not p.weight is null',
    `delete from parcels where no is not null or note = 'x'`,
    'delete from parcels where ctid is not null',
    'update parcels set note = null where weight is not null',
  ])('takes every row: %s', async (text) => {
    const { statements } = await tab.questionOf(text);
    expect(statements).toMatchObject([
      { risks: [{ level: 'confirm' }], impacts: [{ whole: 'always-true', touched: { count: 2 } }] },
    ]);
    expect(statements[0]?.risks[0]?.reason).toMatch(/ every row of .*parcels: .* never NULL\.$/u);
  });

  it.each([
    'delete from parcels where note is not null',
    'delete from parcels where no is null',
    'delete from parcels where no is not null and note is not null',
    'delete from parcels where no is not null and weight > 5',
    'delete from light where no is not null and false',
    'delete from parcels using closed c where no = c.order_id and c.at is not null and false',
    'do $$ declare no int; begin delete from parcels where no is not null and false; end $$',
  ])('chooses where it asks for more: %s', async (text) => {
    await tab.run(`begin; ${text}; rollback`, 'cancel');
    expect(tab.asked).toEqual([]);
  });
});
