import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportSource } from '../../../src/shared/models/export';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { openExportFixture, type ExportFixture } from './export-fixture';

let fixture: ExportFixture;

beforeAll(async () => {
  fixture = await openExportFixture({
    startupStatements: [
      `SET DateStyle = 'SQL, DMY'`,
      `SET IntervalStyle = 'sql_standard'`,
      `SET TimeZone = 'America/New_York'`,
      'SET extra_float_digits = -2',
    ],
  });
  await fixture.database.query(`
    CREATE TABLE moments (d date, ts timestamp, tz timestamptz, r daterange, iv interval, f float8, a float4[]);
    INSERT INTO moments VALUES
      ('2024-03-02', '2024-03-02 01:02:03', '2024-03-02 01:02:03+00', '[2024-03-02,2024-05-06)',
       '-1 day -02:03:04', 0.30000000000000004, '{0.1,1e-45}'),
      ('2024-03-22', '0044-03-15 12:00 BC', 'infinity', 'empty', '-1 year 2 mons +3 days', 5e-324, '{}');
    CREATE TABLE read_back (LIKE moments);`);
});
afterAll(() => fixture.close());

/** All rows as another session of the server shows them. */
async function contents(relation: string): Promise<string[]> {
  const { rows } = await fixture.database.query<{ content: string }>(
    `SELECT r::text AS content FROM ${relation} r ORDER BY content`,
  );
  return rows.map(({ content }) => content);
}

describe('a script of INSERT from a session with settings of its own', () => {
  it.each(['table', 'selection', 'statement'] as const)(
    'means the same to a session without them: %s',
    async (kind) => {
      const { connectionId } = fixture;
      const relation = { schema: 'public', name: 'moments' };
      const sources: Record<typeof kind, ExportSource> = {
        table: { kind: 'table', connectionId, ...relation },
        selection: {
          kind: 'selection',
          connectionId,
          selection: { relation, filters: [], where: '', sort: [] },
          columns: null,
        },
        statement: fixture.statement('select * from moments'),
      };
      await fixture.write(
        'moments.sql',
        { format: 'insert', schema: 'public', table: 'read_back' },
        sources[kind],
      );
      await fixture.database.query(`TRUNCATE read_back; ${await fixture.read('moments.sql')}`);
      expect(await contents('read_back')).toEqual(await contents('moments'));
    },
  );
});

it('reads floats whole for a file of any format', async () => {
  const { connectionId } = fixture;
  await fixture.write(
    'moments.csv',
    { format: 'csv' },
    { kind: 'table', connectionId, schema: 'public', name: 'moments' },
  );
  expect(await fixture.read('moments.csv')).toContain('0.30000000000000004');
});

it('tells of rows that were read before, whose dates may be taken for others', async () => {
  const { columns, rows } = await fixture.run(
    crypto.randomUUID(),
    `select null::date as d union all select 'infinity' union all select '2024-03-02'`,
  );
  const summary = await fixture.write(
    'shown.sql',
    { format: 'insert', schema: 'public', table: 'read_back' },
    { kind: 'rows', connectionId: fixture.connectionId, columns: columns ?? [], rows },
  );
  expect(summary.notices).toEqual([
    { severity: 'WARNING', message: expect.stringContaining("SET DateStyle = 'ISO'") },
  ]);
});

it('leaves the settings of an open transaction as they are', async () => {
  const tabId = crypto.randomUUID();
  await fixture.run(tabId, 'begin');
  await fixture.write(
    'moments.sql',
    { format: 'insert', schema: 'public', table: 'read_back' },
    fixture.statement('select * from moments', tabId),
  );
  const shown = await fixture.run(
    tabId,
    `select current_setting('DateStyle'), current_setting('extra_float_digits')`,
  );
  expect(rowTexts(shown.rows, 0)).toEqual(['SQL, DMY', '-2']);
  await fixture.run(tabId, 'commit');
});
