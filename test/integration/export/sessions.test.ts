import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openExportFixture, type ExportFixture } from './export-fixture';

const csv = { format: 'csv', header: false } as const;

let fixture: ExportFixture;
let tabId: string;

beforeAll(async () => {
  fixture = await openExportFixture();
  await fixture.database.query('create table item (id int)');
});
afterAll(() => fixture.close());
beforeEach(() => {
  tabId = randomUUID();
  const opened = tabId;
  return () => fixture.queries.closeTab(fixture.connectionId, opened);
});

const statement = (text: string) => fixture.statement(text, tabId);

describe("a tab's own session", () => {
  it('is where settings and temporary tables are seen', async () => {
    await fixture.run(tabId, 'create temporary table mine as select 42 as answer');
    await fixture.run(tabId, 'set search_path = pg_temp, pg_catalog');
    const text = "select answer, current_setting('search_path') from mine";
    expect(
      fixture.service.checkStatement({
        connectionId: fixture.connectionId,
        tabId,
        statement: text,
      }),
    ).toMatchObject({
      canRepeat: true,
      reason: expect.stringContaining("tab's own session"),
    });
    await fixture.write('mine.csv', csv, statement(text));
    expect(await fixture.read('mine.csv')).toBe('42,"pg_temp, pg_catalog"\n');
    await fixture.run(tabId, 'insert into mine values (43)');
  });

  it('shows what its open transaction has not committed, and can go on writing', async () => {
    await fixture.run(tabId, 'begin');
    await fixture.run(tabId, 'insert into item values (1)');
    await fixture.write('open.csv', csv, statement('select id from item'));
    expect(await fixture.read('open.csv')).toBe('1\n');
    await fixture.run(tabId, 'insert into item values (2)');
    expect(fixture.registry.get(fixture.connectionId).tab(tabId).transaction).toBe('open');
    await fixture.run(tabId, 'rollback');
  });

  it('keeps its open transaction when the export fails or is cancelled', async () => {
    await fixture.run(tabId, 'begin');
    await fixture.run(tabId, 'insert into item values (7)');
    await expect(
      fixture.write('bad.csv', csv, statement('select 1 / (id - 7) from item')),
    ).rejects.toMatchObject({ data: { sqlState: '22012' } });
    const exportId = randomUUID();
    const endless = statement('select generate_series(1, 1000000000) as n');
    const written = fixture.write('endless.csv', csv, endless, exportId);
    await expect
      .poll(() =>
        fixture.progress.some((report) => report.exportId === exportId && report.rows > 0),
      )
      .toBe(true);
    fixture.service.cancel(exportId);
    await expect(written).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    await fixture.run(tabId, 'commit');
    const { rows } = await fixture.database.query('select id from item where id = 7');
    expect(rows).toEqual([{ id: 7 }]);
  });

  it('in a failed transaction says so', async () => {
    await fixture.run(tabId, 'begin');
    await expect(fixture.run(tabId, 'select nothing')).rejects.toThrow(/42703/u);
    expect(
      fixture.service.checkStatement({
        connectionId: fixture.connectionId,
        tabId,
        statement: 'select 1',
      }),
    ).toMatchObject({
      canRepeat: false,
      reason: expect.stringContaining('roll it back'),
    });
    await expect(fixture.write('failed.csv', csv, statement('select 1'))).rejects.toMatchObject({
      data: { kind: 'TransactionFailed' },
    });
  });

  it('is waited for, and a cancel meanwhile does not stop what it runs', async () => {
    await fixture.run(tabId, 'set work_mem = 4096');
    await fixture.database.query('create table gate (id int)');
    await fixture.database.query('begin');
    await fixture.database.query('lock table gate');
    const blocked = fixture.run(tabId, 'select count(*) from gate');
    const exportId = randomUUID();
    const written = fixture.write('waiting.csv', csv, statement('select 1'), exportId);
    fixture.service.cancel(exportId);
    await expect(written).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    await fixture.database.query('commit');
    expect((await blocked).commandTag).toBe('SELECT 1');
    expect(await fixture.files()).not.toContain('waiting.csv');
  });
});
