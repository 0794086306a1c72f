import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query('create table words (word text)');
});
afterAll(() => database.drop());
beforeEach(async () => {
  const limits = { ...database.settings.limits, maxConnections: 1 };
  tab = await OptionsTab.open({ ...database.settings, limits });
  return () => tab.close();
});

const news = expect.objectContaining({
  severity: 'WARNING',
  message: expect.stringContaining('set client_encoding to LATIN1. It is UTF8 again'),
});

describe('a statement that sets another client_encoding', () => {
  it.each([
    "set client_encoding = 'LATIN1'",
    "set names 'LATIN1'",
    "select set_config('client_encoding', 'LATIN1', false)",
    "do $$ begin perform set_config('client_encoding', 'LATIN1', false); end $$",
  ])('is told of, and nothing is read or stored wrongly: %s', async (statement) => {
    expect((await tab.only(statement)).notices).toEqual([news]);
    expect(await tab.value("insert into words values ('é€') returning word")).toBe('é€');
    expect(await tab.value("select 'é€'")).toBe('é€');
    const { rows } = await database.query<{ word: string }>('delete from words returning word');
    expect(rows).toEqual([{ word: 'é€' }]);
    expect(await tab.value('show client_encoding')).toBe('UTF8');
  });

  it.each(['set', 'set local'])('within a transaction by %s', async (set) => {
    const { outcomes } = await tab.run(
      `begin; ${set} client_encoding = 'LATIN1'; insert into words values ('é'); commit`,
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    expect(await tab.value('delete from words returning word')).toBe('é');
    expect(await tab.value('show client_encoding')).toBe('UTF8');
  });

  it('and then fails its transaction', async () => {
    await tab.run("begin; do $$ begin set client_encoding = 'LATIN1'; perform 1/0; end $$");
    expect((await tab.run('rollback')).transaction).toBe('idle');
    expect(await tab.value("select 'é'")).toBe('é');
  });

  it('with rows that are not all read', async () => {
    await tab.only(
      "select set_config('client_encoding', 'LATIN1', false), n from generate_series(1, 100000) n",
    );
    const next = await tab.only("select 'é'");
    expect(next.notices).toEqual([news]);
    expect(await tab.value("select 'é'")).toBe('é');
  });
});

it('is UTF-8 whatever the start-up SQL sets', async () => {
  const startupStatements = [
    "set client_encoding = 'LATIN1'",
    'set standard_conforming_strings = off',
  ];
  const other = await OptionsTab.open({ ...database.settings, startupStatements });
  expect(await other.value("select 'é'")).toBe('é');
  expect(await other.value("select '\\'")).toBe('\\');
  await other.close();
});
