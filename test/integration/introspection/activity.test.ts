import { expect, it } from 'vitest';
import { getTableActivity } from '../../../src/main/services/introspection/get-table-activity';
import { listColumnStatistics } from '../../../src/main/services/introspection/list-column-statistics';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

/**
 * A session hands over what it counted some time after its statement: when it is idle, but until
 * PostgreSQL 14 only together with a later statement.
 */
async function waitForRows(live: string, dead: string): Promise<void> {
  const counted = async (): Promise<unknown> => {
    await catalog.database.query('SELECT 1');
    const { liveRows, deadRows } = await getTableActivity(catalog.db, 'public', 'Act; ive');
    return { liveRows, deadRows };
  };
  await expect.poll(counted, { timeout: 20_000 }).toEqual({ liveRows: live, deadRows: dead });
}

it('tells sizes and scans of indexes, and the last vacuum and analyse', async () => {
  await catalog.database.query(`
    CREATE TABLE "Act; ive" (id int PRIMARY KEY, n int);
    CREATE INDEX "By N" ON "Act; ive" (n);
    INSERT INTO "Act; ive" SELECT n, n % 3 FROM generate_series(1, 1000) n;
  `);
  await waitForRows('1000', '0');
  await catalog.database.query('VACUUM ANALYZE "Act; ive"');
  await catalog.database.query(`
    SET enable_seqscan = off;
    SELECT count(*) FROM "Act; ive" WHERE n = 1;
    DELETE FROM "Act; ive" WHERE id <= 10;
  `);
  await waitForRows('990', '10');
  const activity = await getTableActivity(catalog.db, 'public', 'Act; ive');
  expect(activity).toMatchObject({
    changedSinceAnalyze: '10',
    lastVacuum: expect.stringMatching(/^\d{4}-/),
    lastAnalyze: expect.stringMatching(/^\d{4}-/),
    indexes: [{ name: 'Act; ive_pkey' }, { name: 'By N', scans: '1' }],
  });
  expect(Number(activity.indexes[1]?.size)).toBeGreaterThan(8_000);
});

it('has nothing to tell of a view, and says so when there is no such relation', async () => {
  await catalog.database.query('CREATE VIEW idle AS SELECT 1 AS a');
  expect(await getTableActivity(catalog.db, 'public', 'idle')).toMatchObject({
    liveRows: '0',
    lastVacuum: null,
    indexes: [],
  });
  await expect(getTableActivity(catalog.db, 'public', 'nowhere')).rejects.toMatchObject({
    kind: 'TableNotFound',
  });
});

it('knows what the planner knows of each column, with values as the server writes them', async () => {
  await catalog.database.query(`
    SET datestyle = 'ISO';
    CREATE TABLE planned ("Day; 1" date, tags int[], empty text, n numeric(20, 10));
    INSERT INTO planned
      SELECT date '2024-02-29', ARRAY[1, 2], NULL, 1234567890.0123456789 FROM generate_series(1, 100);
    INSERT INTO planned SELECT date '2024-03-01', NULL, NULL, n FROM generate_series(1, 100) n;
  `);
  expect(await listColumnStatistics(catalog.db, 'public', 'planned')).toEqual([]);
  await catalog.database.query('ANALYZE planned');
  const statistics = await listColumnStatistics(catalog.db, 'public', 'planned');
  expect(statistics.map(({ column }) => column)).toEqual(['Day; 1', 'tags', 'empty', 'n']);
  expect(statistics[0]).toMatchObject({
    includesChildren: false,
    nullFraction: '0',
    distinct: '2',
    averageWidth: 4,
    mostCommon: [
      { value: '2024-02-29', frequency: '0.5' },
      { value: '2024-03-01', frequency: '0.5' },
    ],
  });
  expect(statistics[1]).toMatchObject({ nullFraction: '0.5', mostCommon: [{ value: '{1,2}' }] });
  expect(statistics[2]).toMatchObject({ nullFraction: '1', mostCommon: [] });
  expect(statistics[3]?.mostCommon[0]).toEqual({
    value: '1234567890.0123456789',
    frequency: '0.5',
  });
});

it('tells statistics only of columns that may be read', async () => {
  await catalog.database.query(`
    CREATE TABLE partly (seen int, hidden int);
    INSERT INTO partly SELECT n, n FROM generate_series(1, 10) n;
    ANALYZE partly;
    GRANT SELECT (seen) ON partly TO ${catalog.role.name};
  `);
  const statistics = await listColumnStatistics(catalog.roleDb, 'public', 'partly');
  expect(statistics.map(({ column }) => column)).toEqual(['seen']);
});
