import { crc32, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SampleServer, type SampleAddress } from '../../../src/main/services/sample/sample-server';
import type { SampleProgress } from '../../../src/shared/models/sample';
import { InMemorySecrets } from './in-memory-secrets';
import { makeSampleFolder, queryRows, queryValue, type SampleFolder } from './sample-folder';

let folder: SampleFolder;
let server: SampleServer;
let address: SampleAddress;
const progress: SampleProgress[] = [];

beforeAll(async () => {
  folder = await makeSampleFolder();
  server = new SampleServer({ dataDirectory: folder.path, secrets: new InMemorySecrets() });
  address = await server.start((step) => progress.push(step));
});
afterAll(async () => {
  await server.stop();
  await folder.remove();
});

const ours = `n.nspname IN ('shop', 'warehouse', 'analytics')`;
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${ours}`;
const constraints = `pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace AND ${ours}`;
const routines = `pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND ${ours}`;
const columns = `pg_attribute a JOIN ${relations} ON c.oid = a.attrelid AND a.attnum > 0 AND c.relkind IN ('r', 'p')`;

test('progress passes through every step and only rises', () => {
  expect([...new Set(progress.map(({ step }) => step))]).toEqual([
    'preparing',
    'initialising',
    'starting',
    'creating schema',
    'loading rows',
    'analysing',
    'ready',
  ]);
  const fractions = progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('there are at least 100,000 rows in at least 12 tables of 2 schemas or more', async () => {
  const [row] = await queryRows(
    address,
    `SELECT count(*) AS tables, count(DISTINCT n.nspname) AS schemas,
       sum((xpath('//c/text()', query_to_xml(format('SELECT count(*) AS c FROM %s', c.oid::regclass), false, true, '')))[1]::text::int8) AS rows
     FROM ${relations} WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );
  expect(Number(row?.['rows'])).toBeGreaterThanOrEqual(100_000);
  expect(Number(row?.['tables'])).toBeGreaterThanOrEqual(12);
  expect(Number(row?.['schemas'])).toBeGreaterThanOrEqual(2);
});

test('no table is empty', async () => {
  const tables = await queryRows(
    address,
    `SELECT c.oid::regclass::text AS name FROM ${relations} WHERE c.relkind IN ('r', 'p', 'm')`,
  );
  const empty: unknown[] = [];
  for (const { name } of tables) {
    const hasRows = await queryValue(address, `SELECT EXISTS (SELECT FROM ${name})`);
    if (hasRows !== 't') empty.push(name);
  }
  expect(tables.length).toBeGreaterThan(12);
  expect(empty).toEqual([]);
});

describe('every kind of object is there:', () => {
  test.each([
    [
      'composite primary key',
      `FROM ${constraints} WHERE contype = 'p' AND cardinality(conkey) > 1`,
    ],
    [
      'composite foreign key',
      `FROM ${constraints} WHERE contype = 'f' AND cardinality(conkey) > 1`,
    ],
    ['self-reference', `FROM ${constraints} WHERE contype = 'f' AND conrelid = confrelid`],
    [
      'deferrable cycle between two tables',
      `FROM ${constraints} JOIN pg_constraint back ON back.conrelid = o.confrelid AND back.confrelid = o.conrelid
         AND back.contype = 'f' AND back.condeferrable
       WHERE o.contype = 'f' AND o.condeferrable AND o.conrelid <> o.confrelid`,
    ],
    ['exclusion constraint', `FROM ${constraints} WHERE contype = 'x'`],
    ['check constraint', `FROM ${constraints} WHERE contype = 'c' AND conrelid <> 0`],
    ['view', `FROM ${relations} WHERE relkind = 'v'`],
    ['filled materialised view', `FROM ${relations} WHERE relkind = 'm' AND relispopulated`],
    [
      'table with twelve partitions',
      `FROM ${relations} WHERE relispartition AND relkind = 'r' HAVING count(*) >= 12`,
    ],
    [
      'enum',
      `FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace AND ${ours} WHERE typtype = 'e'`,
    ],
    [
      'domain',
      `FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace AND ${ours} WHERE typtype = 'd'`,
    ],
    [
      'partial index',
      `FROM pg_index i JOIN ${relations} ON c.oid = i.indexrelid WHERE indpred IS NOT NULL`,
    ],
    [
      'expression index',
      `FROM pg_index i JOIN ${relations} ON c.oid = i.indexrelid WHERE indexprs IS NOT NULL`,
    ],
    ['generated column', `FROM ${columns} WHERE attgenerated <> ''`],
    ['identity column', `FROM ${columns} WHERE attidentity <> ''`],
    ['array', `FROM ${columns} WHERE atttypid = 'text[]'::regtype`],
    ['jsonb', `FROM ${columns} WHERE atttypid = 'jsonb'::regtype`],
    ['bytea', `FROM ${columns} WHERE atttypid = 'bytea'::regtype`],
    ['timestamptz', `FROM ${columns} WHERE atttypid = 'timestamptz'::regtype`],
    ['tstzrange', `FROM ${columns} WHERE atttypid = 'tstzrange'::regtype`],
    ['daterange', `FROM ${columns} WHERE atttypid = 'daterange'::regtype`],
    ['function', `FROM ${routines} WHERE prokind = 'f' AND prorettype <> 'trigger'::regtype`],
    ['procedure', `FROM ${routines} WHERE prokind = 'p'`],
    ['trigger', `FROM pg_trigger t JOIN ${relations} ON c.oid = t.tgrelid WHERE NOT tgisinternal`],
  ])('%s', async (_, source) => {
    expect(Number(await queryValue(address, `SELECT count(*) ${source}`))).toBeGreaterThan(0);
  });
});

test('every table and view has a comment, and so do many columns', async () => {
  const bare = await queryRows(
    address,
    `SELECT c.oid::regclass::text AS name FROM ${relations}
     WHERE relkind IN ('r', 'p', 'v', 'm') AND obj_description(c.oid, 'pg_class') IS NULL`,
  );
  expect(bare).toEqual([]);
  const commented = `SELECT count(*) FROM ${columns} WHERE col_description(c.oid, a.attnum) IS NOT NULL`;
  expect(Number(await queryValue(address, commented))).toBeGreaterThan(20);
});

test('every key and constraint has been validated, and statistics are there', async () => {
  const unvalidated = `SELECT count(*) FROM ${constraints} WHERE NOT convalidated`;
  expect(await queryValue(address, unvalidated)).toBe('0');
  const unknown = `SELECT count(*) FROM ${relations} WHERE relkind IN ('r', 'm') AND reltuples < 0`;
  expect(await queryValue(address, unknown)).toBe('0');
});

test('values at the edges of their types are there to be shown exactly', async () => {
  const [largest] = await queryRows(
    address,
    `SELECT an_int8, a_numeric, a_timestamptz FROM analytics.edge_values WHERE label = 'largest'`,
  );
  expect(largest).toEqual({
    an_int8: '9223372036854775807',
    a_numeric: '99999999999999999999.9999999999',
    a_timestamptz: 'infinity',
  });
});

test('a cover is a PNG image that decodes', async () => {
  const hex = await queryValue(
    address,
    `SELECT encode(cover, 'hex') FROM shop.books WHERE cover IS NOT NULL ORDER BY id LIMIT 1`,
  );
  const png = Buffer.from(hex ?? '', 'hex');
  expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const typed = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(typed));
    chunks.set(typed.toString('latin1', 0, 4), typed.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  // 36 lines, each a filter byte and 24 pixels of 2 bits.
  expect(inflateSync(chunks.get('IDAT') ?? '')).toHaveLength(36 * 7);
});

test('the triggers and the procedure work', async () => {
  const order = await queryValue(
    address,
    `SELECT id FROM shop.orders WHERE status = 'placed' ORDER BY id LIMIT 1`,
  );
  await queryRows(address, `CALL shop.cancel_order(${order})`);
  expect(
    await queryRows(
      address,
      'SELECT old_status, new_status FROM shop.order_events WHERE order_id = $1 ORDER BY id DESC LIMIT 1',
      [order],
    ),
  ).toEqual([{ old_status: 'placed', new_status: 'cancelled' }]);
  await expect(queryRows(address, `CALL shop.cancel_order(${order})`)).rejects.toMatchObject({
    code: '55000',
  });
});

test('the user owns the database without being a superuser, and may create and drop', async () => {
  expect(
    await queryRows(
      address,
      `SELECT rolname, rolsuper FROM pg_database JOIN pg_roles r ON r.oid = datdba WHERE datname = current_database()`,
    ),
  ).toEqual([{ rolname: 'postern', rolsuper: 'f' }]);
  await queryRows(address, 'CREATE SCHEMA mine; CREATE TABLE mine.t (); DROP SCHEMA mine CASCADE');
  await queryRows(address, 'CREATE DATABASE another');
  await queryRows(address, 'DROP DATABASE another');
  expect(
    Number(await queryValue(address, `SELECT count(*) FROM pg_stat_activity WHERE query <> ''`)),
  ).toBeGreaterThan(0);
});

test('the server is reachable over loopback only, and by password only', async () => {
  expect(await queryValue(address, 'SHOW listen_addresses')).toBe('127.0.0.1');
  expect(await queryValue(address, 'SHOW unix_socket_directories')).toBe('');
  for (const password of ['', 'postern', 'wrong']) {
    const stranger = { ...address, password: async () => password };
    await expect(queryRows(stranger, 'SELECT 1')).rejects.toThrow(/password/u);
  }
  const administrator = { ...address, user: 'postgres', password: async () => 'postgres' };
  await expect(queryRows(administrator, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});
