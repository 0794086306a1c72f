import { randomUUID } from 'node:crypto';
import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExportFixture, type ExportFixture } from './export-fixture';

const csv = { format: 'csv' } as const;

let fixture: ExportFixture;
beforeAll(async () => {
  fixture = await openExportFixture();
});
afterAll(() => fixture.close());

/** Waits until a session of the database is in a state, as pg_stat_activity shows it. */
async function waitForActivity(condition: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rowCount } = await fixture.database.query(
          `SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${condition}`,
        );
        return rowCount;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThan(0);
}

/** In the list, unlike in FROM, the rows come one by one (manual, "Set Returning Functions"). */
const endless = `select generate_series(1, 1000000000) as n, repeat('x', 300) as x`;

describe('a statement that is run again', () => {
  it('gives all rows, and tells how many and how large', async () => {
    const source = fixture.statement('select n, n * 2 as double from generate_series(1, 50000) n;');
    const summary = await fixture.write('numbers.csv', csv, source);
    const content = await fixture.read('numbers.csv');
    const lines = content.split('\n');
    expect(lines.slice(0, 3)).toEqual(['n,double', '1,2', '2,4']);
    expect(lines.slice(-2)).toEqual(['50000,100000', '']);
    expect(summary).toMatchObject({ rows: 50_000, bytes: content.length, notices: [] });
  });

  it('names columns and begins the file also without rows', async () => {
    await fixture.write('empty.csv', csv, fixture.statement('select 1 as a, 2 as b where false'));
    expect(await fixture.read('empty.csv')).toBe('a,b\n');
  });

  it.each([
    ['insert into counted values (1) returning id', 'change'],
    ['with w as (delete from counted returning id) select * from w', 'change'],
    ["select nextval('counter')", 'change'],
    ['explain analyze insert into counted values (1)', 'change'],
    ['create table other as select 1', 'change'],
    ['select 1; select 2', 'single statement'],
    ['execute prepared', 'change'],
    ['select $1', 'parameters'],
    ['select * from counted where id = :id', 'parameters'],
    ['', 'single statement'],
  ])('is refused, unsent, where it may do more than read: %s', async (statement, word) => {
    await fixture.database.query(
      'create table if not exists counted (id int); create sequence if not exists counter',
    );
    const before = await fixture.database.query(
      'select (select count(*) from counted) as rows, last_value, is_called from counter',
    );
    const check = fixture.service.checkStatement({
      connectionId: fixture.connectionId,
      tabId: randomUUID(),
      statement,
    });
    expect(check.canRepeat).toBe(false);
    expect(check.reason).toContain(word);
    await expect(
      fixture.write('refused.csv', csv, fixture.statement(statement)),
    ).rejects.toMatchObject({ data: { kind: 'InvalidInput' } });
    const after = await fixture.database.query(
      'select (select count(*) from counted) as rows, last_value, is_called from counter',
    );
    expect(after.rows).toEqual(before.rows);
    expect(await fixture.files()).not.toContain('refused.csv');
  });

  it('is run with the values of its parameters', async () => {
    const source = fixture.statement('select :word as word, $1::int as n, :word = :none as same');
    if (source.kind !== 'statement') throw new Error('It is a statement.');
    const parameters = { ':word': "it's", $1: '7', ':none': null };
    await fixture.write('values.csv', csv, { ...source, parameters });
    expect(await fixture.read('values.csv')).toBe("word,n,same\nit's,7,\n");
  });

  it('cannot write through a function that looks harmless', async () => {
    await fixture.database.query(`
      create table if not exists written (id int);
      create function writes() returns int language sql as 'insert into written values (1) returning id'`);
    const statement = 'select writes()';
    const check = fixture.service.checkStatement({
      connectionId: fixture.connectionId,
      tabId: randomUUID(),
      statement,
    });
    expect(check).toMatchObject({ canRepeat: true, reason: expect.stringContaining('read-only') });
    await expect(
      fixture.write('written.csv', csv, fixture.statement(statement)),
    ).rejects.toMatchObject({ data: { kind: 'ReadOnly', sqlState: '25006' } });
    expect((await fixture.database.query('select from written')).rowCount).toBe(0);
    expect(await fixture.files()).not.toContain('written.csv');
  });
});

describe('a failure or a cancel', () => {
  it('in the middle of the rows leaves the older file and nothing else', async () => {
    await writeFile(join(fixture.folder, 'kept.csv'), 'older');
    const before = await fixture.files();
    const failing = fixture.statement('select 1 / (n - 90000) from generate_series(1, 100000) n');
    await expect(fixture.write('kept.csv', csv, failing)).rejects.toMatchObject({
      data: { sqlState: '22012' },
    });
    expect(await fixture.read('kept.csv')).toBe('older');
    expect(await fixture.files()).toEqual(before);
  });

  it.each([
    ['csv', endless],
    ['xlsx', endless],
    ['json', endless],
  ] as const)('while rows are streaming into %s', async (format, statement) => {
    await writeFile(join(fixture.folder, 'kept.out'), 'older');
    const before = await fixture.files();
    const exportId = randomUUID();
    const written = fixture.write('kept.out', { format }, fixture.statement(statement), exportId);
    await expect
      .poll(() =>
        fixture.progress.some((report) => report.exportId === exportId && report.rows > 0),
      )
      .toBe(true);
    expect((await fixture.files()).length).toBe(before.length + 1);
    fixture.service.cancel(exportId);
    await expect(written).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    expect(await fixture.read('kept.out')).toBe('older');
    expect(await fixture.files()).toEqual(before);
    await waitForActivity(`state = 'idle'`);
  });

  it('while the server has sent nothing yet', async () => {
    const exportId = randomUUID();
    const sleeping = fixture.statement(
      'select count(*) from (select generate_series(1, 100000000000)) as n',
    );
    const written = fixture.write('slow.csv', csv, sleeping, exportId);
    await waitForActivity(`state = 'active' and query like '%100000000000%'`);
    fixture.service.cancel(exportId);
    await expect(written).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    expect(await fixture.files()).not.toContain('slow.csv');
  });

  it('of all exports resolves when their files are gone', async () => {
    const before = await fixture.files();
    const settled = Promise.allSettled(
      ['one.csv', 'two.csv'].map((name) => fixture.write(name, csv, fixture.statement(endless))),
    );
    await expect.poll(async () => (await fixture.files()).length).toBe(before.length + 2);
    await fixture.service.cancelAll();
    expect(await fixture.files()).toEqual(before);
    expect(await settled).toMatchObject([
      { status: 'rejected', reason: { data: { kind: 'Cancelled' } } },
      { status: 'rejected', reason: { data: { kind: 'Cancelled' } } },
    ]);
  });

  it('of the disk is told, and the session is fit for the next statement', async () => {
    const missing = fixture.write('gone/rows.csv', csv, fixture.statement('select 1'));
    await expect(missing).rejects.toMatchObject({
      data: { kind: 'StorageFailed', systemCode: 'ENOENT' },
    });
    await fixture.write('next.csv', csv, fixture.statement('select 1 as one'));
    expect(await fixture.read('next.csv')).toBe('one\n1\n');
  });
});

describe('the file', () => {
  it('keeps the permissions of the one that it replaces, and the link to it', async () => {
    await mkdir(join(fixture.folder, 'elsewhere'));
    const target = join(fixture.folder, 'elsewhere', 'target.csv');
    await writeFile(target, 'older');
    await chmod(target, 0o640);
    await symlink(target, join(fixture.folder, 'link.csv'));
    await fixture.write('link.csv', csv, fixture.statement('select 1 as one'));
    expect(await fixture.read('elsewhere/target.csv')).toBe('one\n1\n');
    expect((await stat(target)).mode & 0o777).toBe(0o640);
  });

  it('is written once, and shown only after it was written', async () => {
    const { fileId, name } = fixture.service.files.add(join(fixture.folder, 'once.csv'));
    expect(name).toBe('once.csv');
    expect(() => fixture.service.files.pathOfWritten(fileId)).toThrow(/No file/u);
    const request = {
      exportId: randomUUID(),
      fileId,
      options: { format: 'json' },
      source: fixture.statement('select 1 as one'),
    } as const;
    await fixture.service.start(request);
    expect(fixture.service.files.pathOfWritten(fileId)).toBe(join(fixture.folder, 'once.csv'));
    await expect(fixture.service.start(request)).rejects.toMatchObject({
      data: { kind: 'NotFound' },
    });
  });

  it('is reported on at most ten times a second', async () => {
    const exportId = randomUUID();
    const source = fixture.statement('select n from generate_series(1, 300000) n');
    const summary = await fixture.write('progress.csv', csv, source, exportId);
    const reports = fixture.progress.filter((report) => report.exportId === exportId);
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.length).toBeLessThanOrEqual(Math.ceil(summary.durationMs / 100) + 1);
  });
});

describe('a table', () => {
  it('is exported whatever it is called', async () => {
    await fixture.database.query(`
      create schema "a.b"; create table "a.b"."c""; drop table x" (id int);
      insert into "a.b"."c""; drop table x" values (1)`);
    const source = {
      kind: 'table',
      connectionId: fixture.connectionId,
      schema: 'a.b',
      name: 'c"; drop table x',
    } as const;
    await fixture.write('hostile.csv', csv, source);
    expect(await fixture.read('hostile.csv')).toBe('id\n1\n');
    const { text } = await fixture.service.preview(
      { format: 'insert', schema: '', table: 't', rowsPerStatement: 10 },
      source,
    );
    expect(text).toBe('INSERT INTO "t" ("id") VALUES\n  (1);\n');
  });
});

describe('a result that main keeps', () => {
  it('is exported as it was read and as far as asked for, with its long cells whole', async () => {
    const tabId = randomUUID();
    const statement = `select n, case n when 3 then repeat('long', 100000) end as t
                         from generate_series(1, 2000) n`;
    const { resultId, columns, hasMore } = await fixture.run(tabId, statement);
    if (resultId === null || columns === null) throw new Error('The result was not kept.');
    expect(hasMore).toBe(true);
    const { connectionId } = fixture;
    const source = { kind: 'result', connectionId, resultId, columns } as const;
    await fixture.write('first.csv', csv, { ...source, maxRows: 10 });
    await fixture.write('all.csv', csv, { ...source, maxRows: null });
    const first = (await fixture.read('first.csv')).split('\n');
    expect(first).toHaveLength(12);
    expect(first[3]).toBe(`3,${'long'.repeat(100_000)}`);
    expect((await fixture.read('all.csv')).split('\n').slice(-2)).toEqual(['2000,', '']);
    await fixture.queries.closeTab(fixture.connectionId, tabId);
    await expect(
      fixture.write('closed.csv', csv, { ...source, maxRows: null }),
    ).rejects.toMatchObject({ data: { kind: 'NotFound' } });
  });
});
