import { randomUUID } from 'node:crypto';
import {
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
  uniqueArray,
} from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cellText } from '../../../src/shared/models/row-batch';
import type { SortColumn } from '../../../src/shared/models/table-data';
import { TcpProxy } from '../tcp-proxy';
import {
  cursorOf,
  openTables,
  readAll,
  readPage,
  selectionOf,
  textsOf,
  type TableFixture,
} from './fixture';

let fixture: TableFixture;

beforeAll(async () => {
  fixture = await openTables();
  await fixture.database.query(`
    CREATE TABLE mixed (
      a int NOT NULL, b text, c numeric(6,2), d timestamptz, f float8, k2 text NOT NULL, k1 int NOT NULL,
      PRIMARY KEY (k1, k2));
    INSERT INTO mixed
    SELECT n % 3,
           CASE WHEN n % 4 > 0 THEN (ARRAY['é', 'a', '''', '🐘', 'A'])[n % 5 + 1] END,
           CASE WHEN n % 3 > 0 THEN n % 7 / 3.0 END,
           CASE WHEN n % 5 > 0 THEN timestamptz '2024-02-29 23:59:59.999999+00' + n % 4 * interval '1 h' END,
           CASE n % 6 WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' ELSE 1.0 / (n % 3 + 3) END,
           chr(97 + n % 11), n / 11
      FROM generate_series(1, 157) n;
    CREATE TABLE no_key (n int, t text);
    INSERT INTO no_key SELECT n % 10, repeat('x', 900) FROM generate_series(1, 3000) n;
    DELETE FROM no_key WHERE ctid < '(20,1)' OR n = 3;
    CREATE TABLE mixed_key (a int NOT NULL, b int NOT NULL);
    CREATE UNIQUE INDEX ON mixed_key (a, b DESC);
    INSERT INTO mixed_key SELECT n % 7, n FROM generate_series(1, 50) n;
    CREATE TABLE parted (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2024-07-01') TO ('2025-01-01');
    INSERT INTO parted SELECT n % 9, date '2024-01-01' + n * 5 FROM generate_series(0, 70) n;
    CREATE TABLE parent (id int PRIMARY KEY);
    CREATE TABLE child () INHERITS (parent);
    INSERT INTO parent SELECT generate_series(1, 5);
    INSERT INTO child SELECT generate_series(1, 5);
    CREATE VIEW numbers AS SELECT n FROM generate_series(1, 2500) n;
    CREATE TABLE emptied (id int PRIMARY KEY);
    CREATE TABLE nothing ();
    INSERT INTO nothing DEFAULT VALUES;
    CREATE TABLE floats (f float8 PRIMARY KEY);
    INSERT INTO floats SELECT 0.1 + n * 1e-17 FROM generate_series(1, 60) n ON CONFLICT DO NOTHING;
    CREATE TABLE padded (c char(5) PRIMARY KEY);
    INSERT INTO padded SELECT chr(97 + n) FROM generate_series(0, 25) n;
    ANALYZE;
  `);
});
afterAll(() => fixture.close());

const sortColumn = record({
  column: constantFrom('a', 'b', 'c', 'd', 'f', 'k1'),
  descending: boolean(),
  nulls: constantFrom('first' as const, 'last' as const),
});

/** What one ORDER BY over all rows gives, written here in full, apart from the code that is tested. */
async function inOneOrder(sort: readonly SortColumn[]): Promise<(string | null)[][]> {
  const reverse = sort.length > 0 && sort.every(({ descending }) => descending);
  const items = sort.map(
    ({ column, descending, nulls }) =>
      `${column} ${descending ? 'DESC' : 'ASC'} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`,
  );
  const key = ['k1', 'k2']
    .filter((name) => !sort.some(({ column }) => column === name))
    .map((name) => `${name} ${reverse ? 'DESC' : 'ASC'}`);
  const { rows } = await fixture.database.query<{ row: string }>(
    `SELECT array_to_json(ARRAY[a::text, b, c::text, d::text, f::text, k2, k1::text]) AS row
       FROM mixed ORDER BY ${[...items, ...key].join(', ')}`,
  );
  return rows.map(({ row }) => (typeof row === 'string' ? JSON.parse(row) : row));
}

describe('pages by key', () => {
  it('put together are the order of one big ORDER BY, forward and backward, for any sort', async () => {
    await assert(
      asyncProperty(
        uniqueArray(sortColumn, { maxLength: 4, selector: ({ column }) => column }),
        integer({ min: 7, max: 80 }),
        constantFrom('forward' as const, 'backward' as const),
        async (sort, pageSize, direction) => {
          const expected = await inOneOrder(sort);
          const paged = await readAll(fixture, selectionOf('mixed', { sort }), direction, pageSize);
          // Behind the columns stands what tells the place of a row.
          expect(paged.map((row) => row.slice(0, 7))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('follow the directions of a unique index', async () => {
    const expected = await fixture.database.query<{ b: number }>(
      'SELECT b FROM mixed_key ORDER BY a, b DESC',
    );
    const paged = await readAll(fixture, selectionOf('mixed_key'), 'forward', 6);
    expect(paged.map(([, b]) => Number(b))).toEqual(expected.rows.map(({ b }) => b));
  });

  it('tell apart floats that differ in their last digit', async () => {
    const { rows } = await fixture.database.query('SELECT count(*) FROM floats');
    const paged = await readAll(fixture, selectionOf('floats'), 'forward', 3);
    expect(paged).toHaveLength(Number(rows[0]?.['count']));
    expect(new Set(paged.flat()).size).toBe(paged.length);
  });

  it('compare character(n) as it is compared', async () => {
    expect(await readAll(fixture, selectionOf('padded'), 'backward', 4)).toHaveLength(26);
  });

  it('neither repeat nor skip a row when others come and go', async () => {
    const selection = selectionOf('mixed_key');
    const first = await readPage(fixture, selection, { maxRows: 10 });
    const cursor = cursorOf(first, 'last');
    const expected = textsOf(await readPage(fixture, selection, { from: cursor, maxRows: 10 }));
    await fixture.database.query('INSERT INTO mixed_key VALUES (-1, 1), (-1, 2)');
    await fixture.database.query('DELETE FROM mixed_key WHERE a = 0 AND b = 49');
    const after = textsOf(await readPage(fixture, selection, { from: cursor, maxRows: 10 }));
    expect(after).toEqual(expected);
  });

  it('pass over partitions', async () => {
    const paged = await readAll(fixture, selectionOf('parted'), 'forward', 8);
    expect(paged).toHaveLength(71);
    const sort = [{ column: 'at', descending: true, nulls: 'last' as const }];
    const sorted = await readAll(fixture, selectionOf('parted', { sort }), 'backward', 8);
    const { rows } = await fixture.database.query<{ at: string }>(
      'SELECT at::text FROM parted ORDER BY at DESC',
    );
    expect(sorted.map(([, at]) => at)).toEqual(rows.map(({ at }) => at));
  });

  it('cost one round trip: the transaction begins in the message of the statement', async () => {
    const proxy = await TcpProxy.start(inject('postgres'));
    try {
      const settings = { ...fixture.database.settings, port: proxy.port };
      const connectionId = await fixture.open(settings);
      await readPage({ ...fixture, connectionId }, selectionOf('mixed'));
      const messages = proxy.sent.map((chunk) => chunk.toString('latin1'));
      expect(messages.filter((message) => message.includes('FROM "public"."mixed"'))).toEqual([
        expect.stringContaining('BEGIN TRANSACTION READ ONLY'),
      ]);
    } finally {
      await proxy.close();
    }
  });

  it('leave no transaction open', async () => {
    await readPage(fixture, selectionOf('mixed'));
    await expect
      .poll(async () => {
        const { rows } = await fixture.database.query(
          `SELECT count(*)::int AS open FROM pg_stat_activity
            WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
        );
        return rows[0]?.['open'];
      })
      .toBe(0);
  });
});

describe('pages without a key', () => {
  it('come in storage order, from both ends', async () => {
    const { rows } = await fixture.database.query<{ place: string }>(
      'SELECT ctid::text AS place FROM no_key ORDER BY ctid',
    );
    const expected = rows.map(({ place }) => place);
    expect(
      await fixture.tables.describe(fixture.connectionId, selectionOf('no_key').relation),
    ).toMatchObject({ paging: 'storage', key: [] });
    for (const direction of ['forward', 'backward'] as const) {
      const paged = await readAll(fixture, selectionOf('no_key'), direction, 170);
      expect(paged.map((row) => row.at(-1))).toEqual(expected);
    }
  });

  it('find the rare row behind many others', async () => {
    const where = 'ctid = (SELECT max(ctid) FROM no_key)';
    expect(await readAll(fixture, selectionOf('no_key', { where }), 'forward', 50)).toHaveLength(1);
    const none = selectionOf('no_key', { where: 'n = 3' });
    expect(await readAll(fixture, none, 'backward', 50)).toEqual([]);
  });

  it('can be sorted, equal rows staying apart by their place', async () => {
    const sort = [{ column: 'n', descending: true, nulls: 'first' as const }];
    const paged = await readAll(fixture, selectionOf('no_key', { sort }), 'forward', 100);
    const { rows } = await fixture.database.query<{ place: string }>(
      'SELECT ctid::text AS place FROM no_key ORDER BY n DESC NULLS FIRST, ctid DESC',
    );
    expect(paged.map((row) => row.at(-1))).toEqual(rows.map(({ place }) => place));
  });

  it('show rows of a table without columns', async () => {
    expect(textsOf(await readPage(fixture, selectionOf('nothing')))).toEqual([['(0,1)']]);
  });
});

describe('streams', () => {
  const tabId = randomUUID();

  it('read a view to its end without paging', async () => {
    const first = await readPage(fixture, selectionOf('numbers'), { tabId, maxRows: 1000 });
    const { streamId } = first;
    if (streamId === null) throw new Error('The stream ended early.');
    const numbers = textsOf(first).flat();
    for (let hasMore = first.hasMore; hasMore;) {
      const page = await fixture.tables.readOn(tabId, streamId, 1000);
      for (let row = 0; row < page.rows.rowCount; row += 1)
        numbers.push(cellText(page.rows, row, 0));
      hasMore = page.hasMore;
    }
    expect(numbers).toEqual(Array.from({ length: 2500 }, (_, index) => String(index + 1)));
    await expect(fixture.tables.readOn(tabId, streamId, 1)).rejects.toMatchObject({
      kind: 'NotFound',
    });
  });

  it('show the rows of inheritance children with the parent, whose key is none for them', async () => {
    const page = await readPage(fixture, selectionOf('parent'));
    expect(page.rows.rowCount).toBe(10);
  });

  it('end with the connection', async () => {
    const connectionId = await fixture.open(fixture.database.settings);
    const page = await readPage({ tables: fixture.tables, connectionId }, selectionOf('numbers'), {
      tabId,
    });
    expect(page.streamId).not.toBeNull();
    await fixture.registry.close(connectionId);
    await expect(fixture.tables.readOn(tabId, page.streamId ?? '', 1)).rejects.toMatchObject({
      kind: 'NotFound',
    });
  });
});

describe('when something is wrong', () => {
  it('says that a table was dropped between two pages', async () => {
    await fixture.database.query('CREATE TABLE brief (id int PRIMARY KEY)');
    await fixture.database.query('INSERT INTO brief SELECT generate_series(1, 20)');
    const first = await readPage(fixture, selectionOf('brief'), { maxRows: 5 });
    await fixture.database.query('DROP TABLE brief');
    const next = { from: cursorOf(first, 'last') };
    for (const _ of [1, 2]) {
      await expect(readPage(fixture, selectionOf('brief'), next)).rejects.toMatchObject({
        kind: 'TableNotFound',
      });
    }
  });

  it('says that a table was changed between two pages', async () => {
    await fixture.database.query(`
      CREATE TABLE changing (id int PRIMARY KEY, note text);
      INSERT INTO changing SELECT n, 'x' FROM generate_series(1, 9) n`);
    const selection = selectionOf('changing');
    const changed = { kind: 'NotFound', message: expect.stringContaining('was changed') };
    for (const change of ['DROP COLUMN note', 'ALTER id TYPE text']) {
      const from = cursorOf(await readPage(fixture, selection, { maxRows: 3 }), 'last');
      await fixture.database.query(`ALTER TABLE changing ${change}`);
      await expect(readPage(fixture, selection, { from })).rejects.toMatchObject(changed);
    }
    // What a person has typed is not taken for a change.
    const wrong = selectionOf('changing', { where: 'note IS NULL' });
    await expect(readPage(fixture, wrong)).rejects.toMatchObject({ data: { field: 'where' } });
  });

  it('reads only the columns that may be read', async () => {
    const role = await fixture.database.createRole();
    await fixture.database.query(`
      CREATE TABLE secrets (id int PRIMARY KEY, open text, hidden text);
      INSERT INTO secrets VALUES (1, 'o', 'h');
      GRANT SELECT (id, open) ON secrets TO ${role.name};
      CREATE TABLE closed (id int);`);
    const connectionId = await fixture.open(role.settings);
    const { tables } = fixture;
    const { relation } = selectionOf('secrets');
    expect(await tables.describe(connectionId, relation)).toMatchObject({
      hiddenColumns: ['hidden'],
      paging: 'key',
    });
    const page = await readPage({ tables, connectionId }, selectionOf('secrets'));
    expect(textsOf(page)).toEqual([['1', 'o']]);
    await expect(
      tables.describe(connectionId, selectionOf('closed').relation),
    ).rejects.toMatchObject({
      kind: 'PermissionDenied',
    });
    await fixture.registry.close(connectionId);
  });

  it('stops a count that takes too long', async () => {
    await fixture.database.query(
      'CREATE VIEW endless AS SELECT count(*) FROM generate_series(1, 100000000000) n',
    );
    const readId = randomUUID();
    const counting = fixture.tables.counts.exact(fixture.connectionId, {
      readId,
      selection: selectionOf('endless', { where: 'count > 0' }),
    });
    const outcome = counting.catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const { rows } = await fixture.database.query(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'SELECT%endless%' AND state = 'active' AND datname = current_database()
            AND pid <> pg_backend_pid()`,
        );
        return rows[0]?.['n'];
      })
      .toBe(1);
    await fixture.tables.cancel(readId);
    expect(await outcome).toMatchObject({ kind: 'Cancelled' });
  });
});

describe('counts', () => {
  it('estimates from the planner and counts exactly', async () => {
    const { tables, connectionId } = fixture;
    const request = { readId: randomUUID(), selection: selectionOf('mixed') };
    expect((await tables.counts.estimate(connectionId, request)).rows).toBe(157);
    expect((await tables.counts.exact(connectionId, request)).rows).toBe('157');
    const selection = selectionOf('mixed', { where: 'a = 1' });
    expect((await tables.counts.exact(connectionId, { ...request, selection })).rows).toBe('53');
  });

  it('says nothing of rows that are not there', async () => {
    expect(textsOf(await readPage(fixture, selectionOf('emptied')))).toEqual([]);
  });
});
