import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takesLong } from '../../../src/main/services/query/impact/large-tables';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let staging: Tab;
let local: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE SCHEMA shop;
    CREATE TABLE shop.large (id int, wide text STORAGE PLAIN, state text) PARTITION BY RANGE (id);
    CREATE UNLOGGED TABLE shop.part PARTITION OF shop.large FOR VALUES FROM (0) TO (100000);
    CREATE TABLE shop.small (id int, state text);
    CREATE DOMAIN shop.percent AS int CHECK (VALUE BETWEEN 0 AND 100);
    CREATE DOMAIN shop.half AS shop.percent;
    CREATE DOMAIN shop.any_number AS int;
    INSERT INTO shop.large SELECT id, repeat('x', 7900) FROM generate_series(1, 13500) id;
  `);
  services = await QueryServices.start();
  staging = services.tab(await services.connect(database.settings, 'staging'));
  local = services.tab(await services.connect(database.settings, 'local'));
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(() => {
  staging.asked.splice(0);
  local.asked.splice(0);
});

const largeWork = [
  'create index on shop.large (id)',
  'alter table shop.large add column c timestamptz default clock_timestamp()',
  'alter table shop.part add column c serial',
  'alter table shop.large add primary key (id)',
  'alter table shop.large add column c shop.percent',
  'alter table shop.large add column c shop.half',
];

describe('work on a whole table', () => {
  it.each(largeWork)('is asked about where the table is large, with its size: %s', async (text) => {
    const { statements } = await staging.questionOf(text);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.risks[0]).toMatchObject({ level: 'confirm' });
    expect(statements[0]?.impacts[0]?.bytes).toBeGreaterThan(100 * 1024 * 1024);
  });

  it.each([
    ...largeWork.map((text) => text.replaceAll(/large|part\b/gu, 'small')),
    // Seconds at most: it reads, and writes nothing.
    'alter table shop.large alter column state set not null',
    'create index concurrently on shop.large (id)',
    'alter table shop.large add column c int default 1',
    'alter table shop.large add column c shop.any_number',
    'create table shop.fresh (id int); create index on shop.fresh (id); alter table shop.fresh add primary key (id)',
    'create temp table large (id int); create index on large (id)',
    'alter table shop.absent add column c serial',
  ])('is not asked about where nobody waits for long: %s', async (text) => {
    await staging.run(
      `begin; ${text}; rollback`.replace(/^begin; (.*concurrently.*); rollback$/u, '$1'),
      'cancel',
    );
    expect(staging.asked).toEqual([]);
    await staging.run('rollback', 'cancel');
  });

  it('is not asked about on a computer of one’s own', async () => {
    await local.run('begin; create index on shop.large (id); rollback', 'cancel');
    expect(local.asked).toEqual([]);
  });

  it('takes long from another size on where it only reads', () => {
    const risk = { level: 'notice', reason: '' } as const;
    const gigabyte = 1024 ** 3;
    expect(takesLong({ ...risk, code: 'scans-table' }, gigabyte)).toBe(true);
    expect(takesLong({ ...risk, code: 'scans-table' }, gigabyte / 2)).toBe(false);
    expect(takesLong({ ...risk, code: 'rewrites-table' }, gigabyte / 2)).toBe(true);
    expect(takesLong({ ...risk, code: 'installs-code' }, gigabyte)).toBe(false);
  });
});
