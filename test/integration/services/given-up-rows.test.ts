import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;

beforeEach(async () => {
  database = await createDatabase();
  tab = await OptionsTab.open(database.settings);
  // The function has no text from which anybody could tell that it writes.
  await tab.run(`
    create table parent (id int primary key);
    create table child (id int references parent deferrable initially deferred);
    create function insert_child(n int) returns int language plpgsql as $$
      begin insert into child values (n); return n; end $$;
    create function run_text(text, bool, bool, text) returns xml language internal as 'query_to_xml';`);
});
afterEach(async () => {
  await tab.close();
  await database.drop();
});

const addingFor = (divided: string): string =>
  `select ${divided}, run_text('select insert_child(' || n || ')', true, true, '') from generate_series(1, 1000) n`;
const addChildren = addingFor('1');
const undone =
  'The statement before was undone: insert or update on table "child" violates foreign key constraint "child_id_fkey"';
const told = [{ severity: 'WARNING', message: undone }];

describe('an error behind the rows that were shown', () => {
  it('is told with the next statement for which the rest of the rows is given up', async () => {
    expect(await tab.only(addChildren)).toMatchObject({ hasMore: true, notices: [] });
    expect(await tab.only('select count(*) from child')).toMatchObject({ notices: told });
    expect(await tab.only('select count(*) from child')).toMatchObject({ notices: [] });
  });

  it('is told with the next statement where the result was closed', async () => {
    const { resultId } = await tab.only(addChildren);
    await tab.service.closeResult(resultId ?? '');
    expect(await tab.only('select count(*) from child')).toMatchObject({ notices: told });
  });

  it('is told when the tab is closed', async () => {
    await tab.only(addChildren);
    const error = await failureOf(tab.service.closeTab(tab.connectionId, tab.tabId));
    expect(error).toMatchObject({ message: undone, kind: 'ConstraintViolated' });
  });

  it('is told where the statement had failed behind the rows that were shown', async () => {
    const { resultId } = await tab.only(addingFor('1 / (700 - n)'));
    const page = await tab.service.readRows(resultId ?? '', { from: 500, count: 500 });
    expect(page).toMatchObject({ readRows: 699, hasMore: true });
    expect(await tab.only('select 1')).toMatchObject({
      notices: [{ message: 'The statement before was undone: division by zero' }],
    });
  });

  it('is none where the statement did nothing wrong, or was told to stop', async () => {
    await tab.only('insert into parent select generate_series(1, 5000)');
    await tab.only(addChildren);
    expect(await tab.only('select n from generate_series(1, 100000) n')).toMatchObject({
      hasMore: true,
      notices: [],
    });
    expect(await tab.value('select count(*) > 0 from child')).toBe('t');
  });
});
