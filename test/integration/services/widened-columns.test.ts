import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  services = await QueryServices.start();
  tab = services.tab(await services.connect(database.settings, 'staging'));
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(async () => {
  tab.asked.splice(0);
  await database.query(`
    DROP TABLE IF EXISTS base, "Books; 1", parts, checked, referring, indexed CASCADE;
    CREATE TABLE "Books; 1" (
      id int PRIMARY KEY, "Title" varchar(20) UNIQUE, note text, any_length varchar,
      code varchar(9) COLLATE "C", fixed char(5), tags varchar(5)[], pages numeric(5));
    CREATE INDEX ON "Books; 1" (note DESC) INCLUDE (any_length);
    INSERT INTO "Books; 1" VALUES (1, 'A title', 'note', 'any', 'code', 'fixed', '{tag}', 1);
    CREATE TABLE parts (id int, name varchar(5)) PARTITION BY RANGE (id);
    CREATE TABLE base (name varchar(5));
    CREATE TABLE child () INHERITS (base);
    CREATE TABLE checked (a varchar(5) CHECK (a <> ''), b varchar(5) UNIQUE);
    CREATE TABLE referring (b varchar(5) REFERENCES checked (b));
    CREATE TABLE indexed (a varchar(5), b varchar(5));
    CREATE INDEX ON indexed (lower(a));`);
});

/** The files of all tables and indexes: what is written anew has another one. */
const files = async (): Promise<unknown> => {
  const { rows } = await database.query(
    `SELECT relname, pg_relation_filenode(oid) AS file FROM pg_class
      WHERE relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  return rows;
};

describe('a change of type', () => {
  it.each([
    'alter table "Books; 1" alter "Title" type varchar(20)',
    'alter table "Books; 1" alter "Title" type varchar(21)',
    'alter table "Books; 1" alter "Title" type varchar',
    'alter table public."Books; 1" alter column "Title" set data type text',
    'alter table "Books; 1" alter note type varchar, alter any_length type text',
    'begin; alter table "Books; 1" alter "Title" type text; alter table "Books; 1" alter note type varchar; commit',
  ])('is not asked about where nothing is written anew: %s', async (text) => {
    const before = await files();
    const { outcomes } = await tab.run(text, 'cancel');
    expect(tab.asked).toEqual([]);
    expect(outcomes.every(({ status }) => status === 'done')).toBe(true);
    expect(await files()).toEqual(before);
  });

  it.each([
    ['is shorter', 'alter table "Books; 1" alter "Title" type varchar(19)'],
    ['may be shorter', 'alter table "Books; 1" alter note type varchar(99)'],
    ['is of another kind', 'alter table "Books; 1" alter fixed type text'],
    ['is computed', 'alter table "Books; 1" alter "Title" type text using upper("Title")'],
    ['loses its order', 'alter table "Books; 1" alter code type varchar(10)'],
    ['gets another order', 'alter table "Books; 1" alter "Title" type text collate "C"'],
    ['is an array', 'alter table "Books; 1" alter tags type varchar(9)[]'],
    ['is no text', 'alter table "Books; 1" alter pages type numeric(9)'],
    ['is of partitions', 'alter table parts alter name type text'],
    ['is of children', 'alter table base alter name type text'],
    ['is checked', 'alter table checked alter a type text'],
    ['is referred to', 'alter table checked alter b type text'],
    ['may be indexed by more than itself', 'alter table indexed alter b type text'],
    ['is not there', 'alter table absent alter b type text'],
    [
      'comes behind what may have changed it',
      'alter table "Books; 1" add x int; alter table "Books; 1" alter "Title" type text',
    ],
    [
      'comes with another one',
      'alter table "Books; 1" alter "Title" type text, alter pages type int',
    ],
  ])('is asked about where the column %s', async (_why, text) => {
    const { statements } = await tab.questionOf(text);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.risks).toHaveLength(1);
    expect(statements[0]?.risks[0]).toMatchObject({ code: 'rewrites-table', level: 'confirm' });
  });
});
