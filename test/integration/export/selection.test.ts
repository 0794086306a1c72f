import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportOptionsSchema, type ExportSource } from '../../../src/shared/models/export';
import type { RowSelection } from '../../../src/shared/models/table-data';
import { openExportFixture, type ExportFixture } from './export-fixture';

let fixture: ExportFixture;

beforeAll(async () => {
  fixture = await openExportFixture();
  await fixture.database.query(`
    CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(10,2), "say ""hi""" text);
    INSERT INTO item SELECT n, 'name ' || n, n * 1.5, 'x' FROM generate_series(1, 1000) n;
    CREATE TABLE heap AS SELECT id, name FROM item;
    CREATE VIEW cheap AS SELECT id, name FROM item WHERE id <= 3;`);
});
afterAll(() => fixture.close());

type Selected = Extract<ExportSource, { kind: 'selection' }>;

const selected = (
  name: string,
  change: Partial<RowSelection> = {},
  columns: string[] | null = null,
): Selected => ({
  kind: 'selection',
  connectionId: fixture.connectionId,
  selection: { relation: { schema: 'public', name }, filters: [], where: '', sort: [], ...change },
  columns,
});

const below = (value: string) => ({
  id: randomUUID(),
  column: 'id',
  operator: 'less' as const,
  values: [value],
});
const byPrice = [{ column: 'price', descending: true, nulls: 'first' as const }];

it('writes the rows of the conditions in their order, with the columns that are named', async () => {
  const source = selected('item', { filters: [below('5')], where: 'id <> 2', sort: byPrice }, [
    'say "hi"',
    'id',
  ]);
  const { rows } = await fixture.write('some.csv', { format: 'csv' }, source);
  expect(rows).toBe(3);
  expect(await fixture.read('some.csv')).toBe('"say ""hi""",id\nx,4\nx,3\nx,1\n');
});

it('writes all columns that may be read, in the order of the key', async () => {
  await fixture.write('all.csv', { format: 'csv' }, selected('item', { filters: [below('3')] }));
  expect(await fixture.read('all.csv')).toBe(
    'id,name,price,"say ""hi"""\n1,name 1,1.50,x\n2,name 2,3.00,x\n',
  );
});

it('writes tables without a key and views', async () => {
  for (const [name, count] of [
    ['heap', 1000],
    ['cheap', 3],
  ] as const) {
    const { rows } = await fixture.write(`${name}.csv`, { format: 'csv' }, selected(name));
    expect(rows).toBe(count);
  }
});

it('previews the rows that it would write', async () => {
  const options = exportOptionsSchema.parse({ format: 'csv' });
  const source = selected('item', { where: 'id > 990', sort: byPrice }, ['id']);
  const { text } = await fixture.service.preview(options, source);
  expect(text).toBe('id\n1000\n999\n998\n997\n996\n995\n994\n993\n992\n991\n');
  const all = await fixture.service.preview(options, selected('item'));
  expect(all.text.trim().split('\n')).toHaveLength(21);
});

it('names the condition whose value the server does not take, and writes no file', async () => {
  const before = await fixture.files();
  const wrong = below('ten');
  const source = selected('item', { filters: [below('5'), wrong] });
  await expect(fixture.write('wrong.csv', { format: 'csv' }, source)).rejects.toMatchObject({
    data: { field: `filter:${wrong.id}`, sqlState: '22P02' },
  });
  await expect(
    fixture.write('gone.csv', { format: 'csv' }, selected('item', {}, ['gone'])),
  ).rejects.toMatchObject({ kind: 'InvalidInput' });
  expect(await fixture.files()).toEqual(before);
});

it('stops at once when it is cancelled', async () => {
  await fixture.database.query(
    `CREATE VIEW endless AS SELECT n, pg_sleep(0.01)::text AS slept FROM generate_series(1, 1000000) n`,
  );
  const exportId = randomUUID();
  const written = fixture.write('never.csv', { format: 'csv' }, selected('endless'), exportId);
  const failure = written.then(
    () => null,
    (error: unknown) => error,
  );
  await expect
    .poll(async () => {
      const { rows } = await fixture.database.query(
        `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%FROM%endless%' AND datname = current_database() AND pid <> pg_backend_pid()`,
      );
      return rows.length;
    })
    .toBeGreaterThan(0);
  fixture.service.cancel(exportId);
  expect(await failure).toMatchObject({ kind: 'Cancelled' });
  expect(await fixture.files()).not.toContain('never.csv');
});
