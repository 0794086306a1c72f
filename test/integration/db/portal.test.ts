import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import { cancelRunningStatement } from '../../../src/main/db/statements/cancel';
import { Portal, type ReadStrategy } from '../../../src/main/db/statements/portal';
import { rowTexts, type RowBatch } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';
import { sleepingSessions } from '../sleeping';

let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  session = await connectClient(database.settings, {
    timeoutMs: 5_000,
  });
  return () => session.end();
});

const texts = (rows: RowBatch): (string | null)[][] =>
  Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));

async function readAll(
  text: string,
  strategy: ReadStrategy,
  pageSize = 7,
): Promise<(string | null)[][]> {
  const portal = new Portal(text, { strategy });
  let page = await portal.start(session, pageSize);
  const rows = texts(page.rows);
  while (page.hasMore) {
    page = await portal.read(pageSize);
    rows.push(...texts(page.rows));
  }
  return rows;
}

describe.each<ReadStrategy>(['paged', 'streamed', 'complete'])('reading %s', (strategy) => {
  it('gives every row once, in order, over many pages', async () => {
    const rows = await readAll(
      'select n, n * 2 from generate_series(1, 20000) as n',
      strategy,
      900,
    );
    expect(rows).toHaveLength(20_000);
    expect(rows[0]).toEqual(['1', '2']);
    expect(rows[19_999]).toEqual(['20000', '40000']);
  });

  it('keeps NULL, the empty string and the text NULL apart', async () => {
    expect(await readAll(`select null, '', 'NULL', null`, strategy)).toEqual([
      [null, '', 'NULL', null],
    ]);
  });

  it('gives rows without columns', async () => {
    expect(await readAll('select from generate_series(1, 3)', strategy)).toEqual([[], [], []]);
  });

  it('gives text beyond ASCII and values beyond JavaScript as the server wrote them', async () => {
    const sql = `select 'naïve 🐘', 9223372036854775807, 0.1::numeric(40,30), 'NaN'::float8,
      '0044-03-15 12:00:00.123456 BC'::timestamp, interval '1 year -2 days', '{"a": 12345678901234567890}'::json`;
    expect(await readAll(sql, strategy)).toEqual([
      [
        'naïve 🐘',
        '9223372036854775807',
        '0.100000000000000000000000000000',
        'NaN',
        '0044-03-15 12:00:00.123456 BC',
        '1 year -2 days',
        '{"a": 12345678901234567890}',
      ],
    ]);
  });

  it('leaves the session ready for the next statement', async () => {
    await readAll('select * from generate_series(1, 1000)', strategy, 100);
    expect(await readAll('select 1', strategy)).toEqual([['1']]);
  });

  it('raises what the server refuses and stays usable', async () => {
    await expect(readAll('select 1 / 0', strategy)).rejects.toMatchObject({ code: '22012' });
    expect(await readAll('select 1', strategy)).toEqual([['1']]);
  });

  it('raises an error that comes in the middle of the rows', async () => {
    const sql = 'select 1 / (5000 - n) from generate_series(1, 9000) as n';
    await expect(readAll(sql, strategy, 1000)).rejects.toMatchObject({ code: '22012' });
    expect(await readAll('select 2', strategy)).toEqual([['2']]);
  });

  it('raises a constraint that fails only when the transaction commits', async () => {
    await database.query(
      `create table if not exists deferred (id int unique deferrable initially deferred)`,
    );
    await expect(readAll('insert into deferred values (1), (1)', strategy)).rejects.toMatchObject({
      code: '23505',
    });
    expect(await readAll('select count(*) from deferred', strategy)).toEqual([['0']]);
  });

  it('takes one statement only', async () => {
    await expect(readAll('select 1; select 2', strategy)).rejects.toMatchObject({ code: '42601' });
  });

  it('has no columns and a tag for a statement without rows', async () => {
    const portal = new Portal('create temporary table t (id int)', { strategy });
    await portal.start(session, 10);
    expect(portal.fields).toBeNull();
    expect(portal.commandTag).toBe('CREATE TABLE');
  });

  it('accepts an empty statement', async () => {
    const portal = new Portal('/* nothing */', { strategy });
    expect((await portal.start(session, 10)).hasMore).toBe(false);
  });

  it('sends parameters as parameters', async () => {
    const portal = new Portal('select $1::text, $2::int + 1, $3::text', {
      strategy,
      values: [`'; drop table t; --`, '41', null],
    });
    const page = await portal.start(session, 10);
    expect(texts(page.rows)).toEqual([[`'; drop table t; --`, '42', null]]);
  });

  it('refuses COPY to and from the client and stays usable', async () => {
    await expect(readAll('copy (select 1) to stdout', strategy)).rejects.toMatchObject({
      kind: 'InvalidQuery',
      message: expect.stringContaining('COPY'),
    });
    await expect(readAll('copy pg_temp.x from stdin', strategy)).rejects.toThrow(/does not exist/);
    await database.query('create table if not exists copied (id int)');
    await expect(readAll('copy copied from stdin', strategy)).rejects.toMatchObject({
      kind: 'InvalidQuery',
      message: expect.stringContaining('none follow it'),
    });
    expect(await readAll('select 1', strategy)).toEqual([['1']]);
  });

  it('fails when the session is terminated under it', async () => {
    const portal = new Portal('select pg_sleep(60)', { strategy });
    const started = portal.start(session, 10);
    await expect(
      Promise.all([started, database.query(`select pg_terminate_backend(${session.processID})`)]),
    ).rejects.toMatchObject({ code: '57P01' });
  });
});

describe('a preamble', () => {
  const preamble = ['BEGIN READ ONLY', "SET LOCAL application_name = 'ahead'"];

  it('holds for the statement behind it', async () => {
    const portal = new Portal("select current_setting('application_name')", {
      strategy: 'complete',
      preamble,
    });
    const { rows, hasMore } = await portal.start(session, 10);
    expect(texts(rows)).toEqual([['ahead']]);
    expect(hasMore).toBe(false);
    expect(portal.commandTag).toBe('SELECT 1');
    expect(session.getTransactionStatus()).toBe('T');
  });

  it('that fails keeps the statement from being run', async () => {
    await session.query('create table if not exists untouched (id int)');
    const portal = new Portal('insert into untouched values (1)', {
      strategy: 'complete',
      preamble: ['BEGIN', 'SET LOCAL nothing_of_this_name = 1'],
    });
    await expect(portal.start(session, 10)).rejects.toMatchObject({ code: '42704' });
    expect(session.getTransactionStatus()).toBe('E');
    await session.query('rollback');
    expect(await readAll('select * from untouched', 'complete')).toEqual([]);
  });
});

describe('a paged portal', () => {
  it('can be closed after the first page, and what it wrote stays', async () => {
    await database.query('create table if not exists written (id int)');
    const portal = new Portal('insert into written select generate_series(1, 100) returning id', {
      strategy: 'paged',
    });
    const page = await portal.start(session, 5);
    expect(page.hasMore).toBe(true);
    await portal.close();
    expect(await readAll('select count(*) from written', 'paged')).toEqual([['100']]);
  });

  it('can be closed within a transaction without failing it', async () => {
    await readAll('begin', 'complete');
    const portal = new Portal('select generate_series(1, 100000)', { strategy: 'paged' });
    await portal.start(session, 5);
    await portal.close();
    expect(session.getTransactionStatus()).toBe('T');
  });
});

describe('a streamed portal', () => {
  it('stops reading while nobody asks, and goes on where it was', async () => {
    const portal = new Portal(`select n, repeat('x', 1000) from generate_series(1, 100000) as n`, {
      strategy: 'streamed',
    });
    const first = await portal.start(session, 10);
    expect(first.hasMore).toBe(true);
    // 100 MB do not fit between server and client: the server must be waiting for the reader.
    await expect
      .poll(async () => {
        const { rows } = await database.query<{ wait_event: string }>(
          `select wait_event from pg_stat_activity where pid = ${session.processID}`,
        );
        return rows[0]?.wait_event;
      })
      .toBe('ClientWrite');
    const next = await portal.read(10);
    expect(texts(next.rows)[0]?.[0]).toBe(String(first.rows.rowCount + 1));
    const closed = portal.close();
    await cancelRunningStatement(session, database.settings);
    await closed;
    expect(await readAll('select 1', 'streamed')).toEqual([['1']]);
  });

  it('keeps the parallel plan of the server', async () => {
    await database.query('create table big as select n from generate_series(1, 300000) as n');
    await database.query('analyze big');
    for (const setting of [
      'parallel_setup_cost = 0',
      'parallel_tuple_cost = 0',
      'min_parallel_table_scan_size = 0',
    ]) {
      await readAll(`set ${setting}`, 'complete');
    }
    const launched = async (strategy: ReadStrategy): Promise<string> => {
      const before = await workersLaunched();
      await readAll('select count(*) from big', strategy);
      await readAll('select pg_stat_force_next_flush()', 'complete');
      return (BigInt(await workersLaunched()) - BigInt(before)).toString();
    };
    expect(Number(await launched('streamed'))).toBeGreaterThan(0);
    expect(await launched('paged')).toBe('0');
  });

  async function workersLaunched(): Promise<string> {
    const { rows } = await database.query<{ n: string }>(
      'select parallel_workers_launched as n from pg_stat_database where datname = current_database()',
    );
    return rows[0]?.n ?? '0';
  }
});

describe('cancelling', () => {
  it('ends a running statement, and the next one is not hit', async () => {
    const portal = new Portal('select pg_sleep(60)', { strategy: 'complete' });
    const started = portal.start(session, 10).catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const { rows } = await database.query<{ state: string }>(
          `select state from pg_stat_activity where pid = ${session.processID}`,
        );
        return rows[0]?.state;
      })
      .toBe('active');
    await cancelRunningStatement(session, database.settings);
    expect(await started).toMatchObject({ code: '57014' });
    for (let round = 0; round < 20; round += 1) {
      expect(await readAll('select 1', 'complete')).toEqual([['1']]);
    }
  });
});

describe('pages', () => {
  const wide = `select n, repeat('x', 10000) from generate_series(1, 2000) as n`;

  it.each<ReadStrategy>(['paged', 'streamed', 'complete'])(
    'end at about a megabyte, and all rows come (%s)',
    async (strategy) => {
      const portal = new Portal(wide, { strategy });
      const sizes: number[] = [];
      const seen: (string | null)[] = [];
      let page = await portal.start(session, 500);
      for (;;) {
        sizes.push(page.rows.bytes.length);
        seen.push(...texts(page.rows).map(([n]) => n ?? null));
        if (!page.hasMore) break;
        page = await portal.read(100_000);
      }
      expect(Math.max(...sizes)).toBeLessThan(1.2 * 1024 * 1024);
      expect(seen).toEqual(Array.from({ length: 2_000 }, (_, index) => String(index + 1)));
      expect(portal.commandTag).toBe('SELECT 2000');
    },
  );

  it.each<ReadStrategy>(['paged', 'streamed', 'complete'])(
    'leave the count of a statement that makes a table as it is (%s)',
    async (strategy) => {
      const portal = new Portal('create temporary table made as select generate_series(1, 5)', {
        strategy,
      });
      await portal.start(session, 10);
      expect(portal.commandTag).toBe('SELECT 5');
    },
  );

  it('give the rows that came before an error, once others were given', async () => {
    const portal = new Portal('select 1 / (5000 - n) from generate_series(1, 9000) as n', {
      strategy: 'streamed',
    });
    let page = await portal.start(session, 100);
    let count = page.rows.rowCount;
    const readOn = async (): Promise<void> => {
      for (;;) {
        page = await portal.read(100);
        count += page.rows.rowCount;
      }
    };
    await expect(readOn()).rejects.toMatchObject({ code: '22012' });
    expect(count).toBe(4_999);
  });

  it('can be had at once from a server that takes its time', async () => {
    const portal = new Portal(
      'select n, pg_sleep(case when n > 700 then 3600 else 0 end) from generate_series(1, 900) as n',
      { strategy: 'streamed' },
    );
    const first = await portal.start(session, 10);
    const reading = portal.read(100_000);
    await expect.poll(() => sleepingSessions(database)).toBe(1);
    portal.settleEarly();
    const { rows, hasMore } = await reading;
    expect(hasMore).toBe(true);
    expect(first.rows.rowCount + rows.rowCount).toBeLessThanOrEqual(700);
    expect(first.rows.rowCount + rows.rowCount).toBeGreaterThan(300);
    const closed = portal.close();
    await cancelRunningStatement(session, database.settings);
    await closed;
    expect(await readAll('select 1', 'streamed')).toEqual([['1']]);
  });
});
