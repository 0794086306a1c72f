import { afterAll, beforeAll, expect, it } from 'vitest';
import { columnSources } from '../../../src/main/services/query/columns/column-sources';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;

beforeAll(async () => {
  database = await createDatabase();
  for (const text of [
    'create schema "Shop"',
    'create domain code as text not null',
    'create table "Shop".orders (id int primary key, "Ref" code, note text)',
    `comment on column "Shop".orders.note is E'what the\\ncustomer wrote'`,
    'create view recent as select id from "Shop".orders',
  ]) {
    await database.query(text);
  }
  tab = await OptionsTab.open(database.settings);
});
afterAll(async () => {
  await tab.close();
  await database.drop();
});

async function sourcesOf(text: string) {
  const { columns } = await tab.only(text);
  return columnSources(tab.registry.get(tab.connectionId).pool, columns ?? []);
}

it('tells the relation, the column, its nullability and its comment, whatever the result calls it', async () => {
  const table = { schema: 'Shop', table: 'orders' };
  expect(await sourcesOf('select note as a, id, "Ref", id + 1, id from "Shop".orders')).toEqual([
    { ...table, column: 'note', notNull: false, comment: 'what the\ncustomer wrote' },
    { ...table, column: 'id', notNull: true, comment: null },
    { ...table, column: 'Ref', notNull: true, comment: null },
    null,
    { ...table, column: 'id', notNull: true, comment: null },
  ]);
});

it('claims nothing of the NULLs of a view', async () => {
  expect(await sourcesOf('select * from recent')).toEqual([
    { schema: 'public', table: 'recent', column: 'id', notNull: null, comment: null },
  ]);
});

it('knows system columns, and nothing of a relation that only its transaction sees', async () => {
  expect(await sourcesOf('select ctid from "Shop".orders')).toMatchObject([{ column: 'ctid' }]);
  await tab.run('begin; create table unborn (id int)');
  expect(await sourcesOf('select * from unborn')).toEqual([null]);
  await tab.run('rollback');
});
