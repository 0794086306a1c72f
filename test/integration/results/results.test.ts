import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../db/failure-of';
import { cutLength } from '../../../src/shared/models/row-batch';
import { idOf, openFixture, readRange, type ResultFixture, textsOf } from './fixture';
import { sleepingSessions } from '../sleeping';

const megabyte = 1024 * 1024;
const nothing = (): void => undefined;
/** Rows of every kind: NULL, empty, multi-byte, numbers that JavaScript cannot hold. */
const mixed = (
  rows: number,
): string => `select n, case n % 5 when 0 then null when 1 then '' else repeat('é🐘', n % 40) end,
  n::numeric / 7, 9223372036854775807 - n from generate_series(1, ${rows}) as n`;

let fixture: ResultFixture;
let tabId: string;

beforeAll(async () => {
  fixture = await openFixture(3 * megabyte);
});
afterAll(() => fixture.close());
beforeEach(() => {
  tabId = randomUUID();
  const opened = tabId;
  return () => fixture.service.closeTab(fixture.connectionId, opened);
});

const only = (text: string) => fixture.only(text, tabId);

describe('rows of a result', () => {
  it('are the same from memory, from the file and fresh from the server', async () => {
    const { service, store } = fixture;
    const count = 120_000;
    const resultId = idOf(await only(mixed(count)));
    const fresh = await readRange(service, resultId, 0, count);
    expect(fresh).toHaveLength(count);
    expect((await fixture.fileBytes()).length).toBeGreaterThan(megabyte);
    const again = await readRange(service, resultId, 0, count);
    expect(again).toEqual(fresh);
    const { rows } = await fixture.database.query<{ line: string }>(
      `select md5(string_agg(coalesce(b, 'NULL') || a || c || d, ',' order by a)) as line from (${mixed(count)}) as t (a, b, c, d)`,
    );
    const { createHash } = await import('node:crypto');
    const seen = again.map(([a, b, c, d]) => `${b ?? 'NULL'}${a}${c}${d}`).join(',');
    expect(createHash('md5').update(seen).digest('hex')).toBe(rows[0]?.line);
    expect(store.memory.heldBytes).toBeLessThanOrEqual(store.memory.budget);
  });

  it('are read in any order, also across pages', async () => {
    const resultId = idOf(await only(mixed(60_000)));
    await fixture.service.readAll(resultId, nothing);
    for (const from of [59_990, 0, 31_234, 499, 500, 2]) {
      const rows = await readRange(fixture.service, resultId, from, from + 700);
      expect(rows.map(([n]) => Number(n))).toEqual(
        Array.from({ length: Math.min(700, 60_000 - from) }, (_, index) => from + index + 1),
      );
    }
  });

  it('stay within the budget while they are read to the end', async () => {
    const { store } = fixture;
    const resultId = idOf(await only(mixed(150_000)));
    let most = 0;
    const state = await fixture.service.readAll(resultId, () => {
      most = Math.max(most, store.memory.heldBytes);
    });
    expect(state).toEqual({ readRows: 150_000, hasMore: false, commandTag: 'SELECT 150000' });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(store.memory.budget);
  });

  it('fit a smaller budget as soon as it is set', async () => {
    const { store } = fixture;
    const resultId = idOf(await only(mixed(20_000)));
    const before = await readRange(fixture.service, resultId, 0, 20_000);
    await store.memory.setBudget(megabyte / 2);
    expect(store.memory.heldBytes).toBeLessThanOrEqual(megabyte / 2);
    expect(await readRange(fixture.service, resultId, 0, 20_000)).toEqual(before);
    await store.memory.setBudget(3 * megabyte);
  });

  it('without columns are counted', async () => {
    const result = await only('select from generate_series(1, 70000)');
    const state = await fixture.service.readAll(idOf(result), nothing);
    expect(state.readRows).toBe(70_000);
    const { rows } = await fixture.service.readRows(idOf(result), { from: 69_990, count: 100 });
    expect(rows).toMatchObject({ rowCount: 10, columnCount: 0 });
  });

  it('may have 1,600 columns', async () => {
    const columns = Array.from({ length: 1_600 }, (_, column) => `n + ${column}`).join(', ');
    const resultId = idOf(await only(`select ${columns} from generate_series(1, 700) as n`));
    const rows = await readRange(fixture.service, resultId, 0, 700);
    expect(rows).toHaveLength(700);
    expect(rows[699]?.[0]).toBe('700');
    expect(rows[699]?.[1599]).toBe('2299');
  });
});

describe('the temporary file', () => {
  const marker = 'a secret that must not be on the disk';

  it('holds nothing that can be read, only for its owner, and is gone once the result is closed', async () => {
    const { service, folder } = fixture;
    const resultId = idOf(
      await only(`select '${marker} ' || n from generate_series(1, 200000) as n`),
    );
    await service.readAll(resultId, nothing);
    const bytes = await fixture.fileBytes();
    expect(bytes.length).toBeGreaterThan(5 * megabyte);
    expect(bytes.includes(marker)).toBe(false);
    expect(bytes.includes('on the disk')).toBe(false);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await readRange(service, resultId, 199_999, 200_000))[0]).toEqual([`${marker} 200000`]);
    await service.closeResult(resultId);
    expect(await fixture.files()).toEqual([]);
    expect(fixture.store.memory.heldBytes).toBe(0);
  });

  it('is gone once the tab runs something else, and once it is closed', async () => {
    const { service, connectionId } = fixture;
    await service.readAll(idOf(await only(mixed(90_000))), nothing);
    expect(await fixture.files()).toHaveLength(1);
    await only('select 1');
    expect(await fixture.files()).toEqual([]);
    await service.readAll(idOf(await only(mixed(90_000))), nothing);
    expect(await fixture.files()).toHaveLength(1);
    await service.closeTab(connectionId, tabId);
    expect(await fixture.files()).toEqual([]);
  });

  it('stays with a COMMIT, and so do its rows', async () => {
    const { service, connectionId } = fixture;
    await only('begin');
    const resultId = idOf(await only(mixed(5_000)));
    await readRange(service, resultId, 0, 3_000);
    await service.executeQuery(
      connectionId,
      {
        tabId,
        executionId: randomUUID(),
        text: 'commit',
        target: { kind: 'all' },
        keepsResults: true,
      },
      { confirm: () => Promise.reject(new Error('not risky')), onProgress: nothing },
    );
    expect((await readRange(service, resultId, 2_998, 2_999))[0]?.[0]).toBe('2999');
    expect(await service.readRows(resultId, { from: 4_000, count: 10 })).toMatchObject({
      hasMore: false,
      commandTag: null,
      rows: { rowCount: 0 },
    });
  });
});

describe('long cells', () => {
  it('are cut in their rows and whole on demand, 100 MB and more', async () => {
    const { service, store } = fixture;
    const length = 105_000_000;
    const result = await only(
      `select n, case when n = 2 then repeat('é', ${length / 2}) else 'short' end as long, n * 2 from generate_series(1, 3) as n`,
    );
    const { rows } = await service.readRows(idOf(result), { from: 0, count: 3 });
    expect(rows.bytes.length).toBeLessThan(megabyte);
    expect(rows.cut).toEqual([{ index: 4, byteLength: length }]);
    expect(cutLength(rows, 1, 1)).toBe(length);
    const [first, second, third] = await readRange(service, idOf(result), 0, 3);
    expect([first, third]).toEqual([
      ['1', 'short', '2'],
      ['3', 'short', '6'],
    ]);
    expect(second?.[0]).toBe('2');
    expect(second?.[1]).toMatch(/^é{30000,}$/u);
    expect(second?.[2]).toBe('4');
    const whole = await service.readCell(idOf(result), { row: 1, column: 1 });
    expect(whole?.length).toBe(length);
    const wanted = Buffer.alloc(length, 'é');
    expect(wanted.equals(whole ?? Buffer.alloc(0))).toBe(true);
    expect(await service.readCell(idOf(result), { row: 2, column: 1 })).toEqual(
      new TextEncoder().encode('short'),
    );
    expect(store.memory.heldBytes).toBeLessThanOrEqual(store.memory.budget);
  });

  it('are NULL where they are NULL', async () => {
    const result = await only(`select null, repeat('x', 200000) from generate_series(1, 600)`);
    expect(await fixture.service.readCell(idOf(result), { row: 0, column: 0 })).toBeNull();
    const { rows } = await fixture.service.readRows(idOf(result), { from: 590, count: 2 });
    expect(rows.cut?.map(({ byteLength }) => byteLength)).toEqual([200_000, 200_000]);
  });
});

describe('a script', () => {
  it('has every row of every result, however many megabytes come before the last', async () => {
    const { outcomes } = await fixture.run(
      `select n, repeat('x', 400) from generate_series(1, 40000) as n; select 'last'`,
      tabId,
    );
    const [first] = outcomes;
    if (first?.status !== 'done') throw new Error(JSON.stringify(first));
    expect(first.result).toMatchObject({ readRows: 40_000, hasMore: false, rowCount: 40_000 });
    const rows = await readRange(fixture.service, idOf(first.result), 39_998, 40_000);
    expect(rows.map(([n]) => n)).toEqual(['39999', '40000']);
  });
});

describe('reading to the end', () => {
  const endless = `select n, pg_sleep(case when n > 3000 then 3600 else 0 end) from generate_series(1, 10000) as n`;

  it('stops when it is told to, keeps what it has, and can go on', async () => {
    const { service } = fixture;
    const resultId = idOf(await only('select n from generate_series(1, 3000000) as n'));
    let stopped = 0;
    const state = await service.readAll(resultId, ({ readRows }) => {
      stopped ||= readRows;
      service.stopReading(resultId);
    });
    expect(state.hasMore).toBe(true);
    expect(state.readRows).toBe(stopped);
    const rows = await readRange(service, resultId, state.readRows - 1, state.readRows + 5);
    expect(rows.map(([n]) => Number(n) - state.readRows)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('stops at once while the server takes its time, with the rows that came', async () => {
    const { service } = fixture;
    const resultId = idOf(await only(endless));
    const reading = service.readAll(resultId, nothing);
    await expect.poll(() => sleepingSessions(fixture.database)).toBe(1);
    service.stopReading(resultId);
    const { readRows, hasMore } = await reading;
    expect(hasMore).toBe(true);
    expect(readRows).toBeGreaterThan(500);
    expect(readRows).toBeLessThanOrEqual(3_000);
    await service.closeResult(resultId);
    await expect.poll(() => sleepingSessions(fixture.database)).toBe(0);
  });

  it('ends with the tab, on the server too', async () => {
    const { service, connectionId } = fixture;
    const resultId = idOf(await only(endless));
    const reading = service.readAll(resultId, nothing).catch((error: unknown) => error);
    await expect.poll(() => sleepingSessions(fixture.database)).toBe(1);
    await service.closeTab(connectionId, tabId);
    await reading;
    await expect.poll(() => sleepingSessions(fixture.database)).toBe(0);
  });

  it('keeps the rows that came when the server is lost, and says why there are no more', async () => {
    const { service, database } = fixture;
    const resultId = idOf(await only(endless));
    const reading = failureOf(service.readAll(resultId, nothing));
    await expect.poll(() => sleepingSessions(fixture.database)).toBe(1);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(case%' and datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect((await reading).kind).toBe('ConnectionLost');
    const page = await service.readRows(resultId, { from: 490, count: 10 });
    expect(textsOf(page.rows).map(([n]) => n)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(491 + index)),
    );
    await expect(
      service.readRows(resultId, { from: page.readRows, count: 10 }),
    ).resolves.toMatchObject({ hasMore: false, commandTag: null });
    expect((await only('select 7')).rows.rowCount).toBe(1);
  });
});

describe('pages', () => {
  it('have so many rows each, and the total once it is known', async () => {
    const { service } = fixture;
    const resultId = idOf(await only('select n from generate_series(1, 12345) as n'));
    const second = await service.getResultPage(resultId, { page: 2, pageSize: 5_000 });
    expect(second).toMatchObject({ page: 2, pageSize: 5_000, hasMore: true });
    expect(textsOf(second.rows)[0]).toEqual(['5001']);
    expect(second.rows.rowCount).toBe(5_000);
    const third = await service.getResultPage(resultId, { page: 3, pageSize: 5_000 });
    expect(third).toMatchObject({ hasMore: false, total: { kind: 'exact', rows: 12_345 } });
    expect(third.rows.rowCount).toBe(2_345);
    const first = await service.getResultPage(resultId, { page: 1, pageSize: 5_000 });
    expect(first).toMatchObject({ hasMore: true, total: { kind: 'exact', rows: 12_345 } });
    const beyond = await service.getResultPage(resultId, { page: 9, pageSize: 5_000 });
    expect(beyond).toMatchObject({ hasMore: false, rows: { rowCount: 0 } });
  });
});
