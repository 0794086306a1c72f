import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;
beforeAll(async () => {
  database = await createDatabase();
  await database.query('CREATE TABLE stock AS SELECT n AS id FROM generate_series(1, 3) AS n');
  tab = await OptionsTab.open(database.settings);
});
afterEach(() => tab.run('rollback'));
afterAll(async () => {
  await tab.close();
  await database.drop();
});

// The server refuses to change a table that an open portal of the same session reads.
it.each(['alter table stock add column price int', 'truncate stock', 'drop table stock'])(
  'a query whose rows are all read lets go of its table within the transaction: %s',
  async (change) => {
    const { outcomes } = await tab.run(`begin; select * from stock; ${change}`);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  },
);

it('statements that have ended leave no portal in the transaction', async () => {
  await tab.run('begin; insert into stock values (4); insert into stock values (5) returning id');
  // What runs without a name makes way for the next of its kind.
  const { rows } = await tab.only(`select statement from pg_cursors where name <> ''`);
  const statements = Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row)[0]);
  expect(statements).toEqual([expect.stringContaining('from pg_cursors')]);
});
