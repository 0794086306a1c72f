import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import { Portal, type ReadStrategy } from '../../../src/main/db/statements/portal';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  database = await createDatabase();
  session = await connectClient(database.settings, {
    timeoutMs: 5_000,
  });
});
afterAll(async () => {
  await session.end();
  await database.drop();
});

/** Values of each built-in type that a careless client alters, as SQL literals of that type. */
const samples: Readonly<Record<string, readonly string[]>> = {
  aclitem: ['postgres=r/postgres'],
  bit: ['1', '0'],
  bool: ['true', 'false'],
  box: ['((1.5,2),(3,4e300))'],
  bpchar: ['a  '],
  bytea: ['\\x00ff80', '\\x'],
  char: ['x'],
  cid: ['4294967295'],
  cidr: ['10.0.0.0/8', '2001:db8::/32'],
  circle: ['<(1,2),3.5>'],
  date: ['infinity', '-infinity', '0044-03-15 BC', '5874897-12-31', '2024-02-29'],
  datemultirange: ['{[2024-01-01,2024-02-01),[2024-03-01,)}'],
  daterange: ['[2024-01-01,infinity]', 'empty'],
  float4: ['0.1', 'NaN', '-Infinity', '-0', '3.4028235e38', '1e-45'],
  float8: ['0.1', 'NaN', 'Infinity', '-0', '1.7976931348623157e308', '5e-324'],
  gtsvector: [],
  inet: ['192.168.0.1/24', '::ffff:1.2.3.4'],
  int2: ['-32768'],
  int2vector: ['1 2 -3'],
  int4: ['-2147483648'],
  int4multirange: ['{[1,3),[5,)}'],
  int4range: ['[1,10)', '(,)'],
  int8: ['9223372036854775807', '-9223372036854775808', '9007199254740993'],
  int8multirange: ['{[9007199254740993,9223372036854775807)}'],
  int8range: ['[9007199254740993,9223372036854775807)'],
  interval: [
    '1 year -2 mons +3 days -04:05:06.789012',
    '00:00:00.000001',
    '-178000000 years',
    'infinity',
  ],
  json: ['{"a" : 12345678901234567890, "a":1.0}', ' null '],
  jsonb: ['{"a": 12345678901234567890.10, "ü": "\\u0001"}', '"x"'],
  jsonpath: ['$."a"[*]?(@ > 1)'],
  line: ['{1,2,3}'],
  lseg: ['[(1,2),(3,4)]'],
  macaddr: ['08:00:2b:01:02:03'],
  macaddr8: ['08:00:2b:01:02:03:04:05'],
  money: ['-92233720368547758.08', '12.34'],
  name: ['naïve "name"'],
  numeric: [
    'NaN',
    'Infinity',
    '-Infinity',
    `1${'0'.repeat(200)}.${'9'.repeat(100)}`,
    '1.000',
    '1e-30',
  ],
  nummultirange: ['{[1.10,2.20]}'],
  numrange: ['[0.1,0.30000000000000000001)'],
  oid: ['4294967295'],
  oidvector: ['1 4294967295'],
  path: ['((1,2),(3,4))', '[(1,2)]'],
  pg_brin_bloom_summary: [],
  pg_brin_minmax_multi_summary: [],
  pg_dependencies: [],
  pg_lsn: ['FFFFFFFF/FFFFFFFF', '0/0'],
  pg_mcv_list: [],
  pg_ndistinct: [],
  pg_node_tree: [],
  pg_snapshot: ['10:20:10,14,15'],
  point: ['(1e-300,-0)'],
  polygon: ['((0,0),(1,1),(1,0))'],
  refcursor: ['<unnamed portal 1>'],
  regclass: ['pg_catalog.pg_class'],
  regcollation: ['"C"'],
  regconfig: ['simple'],
  regdictionary: ['simple'],
  regnamespace: ['pg_catalog'],
  regoper: ['||/'],
  regoperator: ['+(integer,integer)'],
  regproc: ['pg_backend_pid'],
  regprocedure: ['abs(numeric)'],
  regrole: ['pg_monitor'],
  regtype: ['timestamp with time zone'],
  text: ['', 'NULL', ' ', '\n\t\r', '🐘 naïve', 'a\u0301\u202e'],
  tid: ['(4294967295,65535)'],
  time: ['24:00:00', '00:00:00.000001'],
  timestamp: [
    'infinity',
    '4713-01-01 00:00:00 BC',
    '294276-12-31 23:59:59.999999',
    '2024-03-31 02:30:00.123456',
  ],
  timestamptz: [
    '-infinity',
    '2024-03-31 02:30:00.123456+01',
    '0001-01-01 00:00:00+00',
    '4713-01-01 00:00:00+00 BC',
  ],
  timetz: ['23:59:59.999999-15:59'],
  tsmultirange: ['{["2024-01-01 00:00:00.000001",)}'],
  tsquery: [`'fat' & !'cat':*A`],
  tsrange: ['["2024-01-01 00:00:00.000001",infinity)'],
  tstzmultirange: ['{["2024-01-01 00:00:00.000001+00",)}'],
  tstzrange: ['["2024-01-01 00:00:00.000001+00",)'],
  tsvector: [`'a':1A 'cat''s':2,3B`],
  txid_snapshot: ['10:20:10,14,15'],
  uuid: ['00000000-0000-0000-0000-000000000000'],
  varbit: ['', '10101'],
  varchar: ['x'],
  xid: ['4294967295'],
  xid8: ['18446744073709551615'],
  xml: ['<a b="c">ü</a>'],
};

async function read(text: string, strategy: ReadStrategy): Promise<(string | null)[][]> {
  const portal = new Portal(text, { strategy });
  const { rows } = await portal.start(session, 100_000);
  return Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));
}

it('has samples of every built-in type that can hold a value', async () => {
  const { rows } = await database.query<{ typname: string }>(
    `select typname from pg_type where typnamespace = 'pg_catalog'::regnamespace
        and typtype in ('b', 'r', 'm') and typcategory <> 'A' order by 1`,
  );
  const known = new Set(Object.keys(samples));
  expect(rows.map(({ typname }) => typname).filter((name) => !known.has(name))).toEqual([]);
});

it.each(['paged', 'streamed', 'complete'] as const)(
  'shows every value and array of every built-in type as the server writes it, read %s',
  async (strategy) => {
    const mark = `v${randomUUID().slice(0, 8)}`;
    const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;
    for (const [type, values] of Object.entries(samples)) {
      for (const value of values) {
        const literal = `${quote(value)}::pg_catalog."${type}"`;
        // What the type's own output function gives, by a way that no client formats.
        const written = `pg_catalog.format('%s', ${mark})`;
        const [row] = await read(
          `select ${mark}, ${written}, null::pg_catalog."${type}" from (select ${literal} as ${mark}) as s`,
          strategy,
        );
        expect([type, row?.[0]]).toEqual([type, row?.[1]]);
        expect([type, row?.[2]]).toEqual([type, null]);
      }
      const elements = values.map((value) => `${quote(value)}::pg_catalog."${type}"`);
      const [array] =
        elements.length === 0
          ? []
          : await read(
              `select a, pg_catalog.format('%s', a) from (select array[${elements.join(', ')}, null] as a) as s`,
              strategy,
            );
      expect([type, array?.[0]]).toEqual([type, array?.[1]]);
    }
  },
);
