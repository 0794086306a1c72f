import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTables, readAll, selectionOf, type TableFixture } from './fixture';

let fixture: TableFixture;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE TABLE happened (at timestamptz PRIMARY KEY, "tableOid" timestamptz);
    INSERT INTO happened
    SELECT timestamptz '1880-01-01 00:00+00' + n * interval '7 years 100 days', NULL
      FROM generate_series(1, 20) n;
    INSERT INTO happened VALUES ('infinity', NULL), ('-infinity', NULL), ('0044-03-15 BC', 'now'), ('12345-01-01', 'now')`);
});
afterAll(() => fixture.close());

it.each([
  ['ISO', 'Asia/Kolkata'],
  ['SQL, DMY', 'Asia/Kolkata'],
  ['German', 'Europe/Berlin'],
  ['Postgres, MDY', 'America/New_York'],
])('pages go on behind instants as a session writes them: %s in %s', async (style, zone) => {
  const startupStatements = [`SET DateStyle = '${style}'`, `SET TimeZone = '${zone}'`];
  const connectionId = await fixture.open({ ...fixture.database.settings, startupStatements });
  const reader = { tables: fixture.tables, connectionId };
  const byOther = [{ column: 'tableOid', descending: true, nulls: 'first' as const }];
  for (const selection of [selectionOf('happened'), selectionOf('happened', { sort: byOther })]) {
    const forward = await readAll(reader, selection, 'forward', 3);
    expect(new Set(forward.map(([at]) => at)).size).toBe(24);
    expect(forward).toHaveLength(24);
    expect(await readAll(reader, selection, 'backward', 3)).toEqual(forward);
  }
  await fixture.registry.close(connectionId);
});
