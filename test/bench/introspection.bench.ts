import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Queryable } from '../../src/main/db/statements/queryable';
import { getTableInfo } from '../../src/main/services/introspection/get-table-info';
import { listSchemas } from '../../src/main/services/introspection/list-schemas';
import { listTables } from '../../src/main/services/introspection/list-tables';
import { createDatabase, type TestDatabase } from '../integration/database';
import { psqlDescribe, psqlFind } from './psql-describe';
import { openTextClient, type TextClient } from '../integration/introspection/text-client';

const schemaCount = 200;
const tablesInSchema = 100;
const columnsInTable = 20;
/** The server's limit (manual, Appendix K). */
const mostColumns = 1_600;
/** How many relations the one crowded schema has. */
const crowd = 20_000;
const runs = 15;

/** psql's own statement for \dn, as `psql -E` prints it (PostgreSQL 15). */
const psqlSchemas = `
  SELECT n.nspname AS "Name",
    pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner"
  FROM pg_catalog.pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  ORDER BY 1;`;

/** psql's own statement for \dt schema.*, as `psql -E` prints it (PostgreSQL 15). */
const psqlTables = (schema: string): string => `
  SELECT n.nspname as "Schema",
    c.relname as "Name",
    CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END as "Type",
    pg_catalog.pg_get_userbyid(c.relowner) as "Owner"
  FROM pg_catalog.pg_class c
       LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  WHERE c.relkind IN ('r','p','t','s','')
    AND n.nspname OPERATOR(pg_catalog.~) '^(${schema})$' COLLATE pg_catalog.default
  ORDER BY 1,2;`;

let database: TestDatabase;
let db: TextClient;

beforeAll(async () => {
  database = await createDatabase();
  // A transaction for each schema: every new table holds locks until it ends.
  await database.query(`DO $$
    DECLARE columns text := (
      SELECT string_agg(format('c%s %s', n, (ARRAY['text', 'int', 'timestamptz', 'numeric'])[n % 4 + 1]), ', ')
        FROM generate_series(2, ${columnsInTable}) n);
    BEGIN
      FOR schema_number IN 1..${schemaCount} LOOP
        EXECUTE format('CREATE SCHEMA schema_%s', schema_number);
        FOR table_number IN 1..${tablesInSchema} LOOP
          EXECUTE format('CREATE TABLE schema_%s.table_%s (id bigint PRIMARY KEY, %s)',
            schema_number, table_number, columns);
        END LOOP;
        COMMIT;
      END LOOP;
    END $$`);
  await database.query('VACUUM ANALYZE');
  db = await openTextClient(database.settings);
}, 600_000);
afterAll(async () => {
  await db.close();
  await database.drop();
});

/**
 * Runs both in turn, so that whatever else the machine does slows both alike, and prints the best of
 * each, in milliseconds: the times with the least of anything else in them.
 */
async function compare(
  what: string,
  ours: () => Promise<unknown>,
  psql: () => Promise<unknown>,
): Promise<void> {
  const best = { ours: Number.POSITIVE_INFINITY, psql: Number.POSITIVE_INFINITY };
  for (let run = 0; run < runs; run += 1) {
    best.ours = Math.min(best.ours, await elapsed(ours));
    best.psql = Math.min(best.psql, await elapsed(psql));
  }
  console.log(
    `${what.padEnd(44)} ${best.ours.toFixed(1).padStart(7)} ms` +
      `   psql ${best.psql.toFixed(1).padStart(7)} ms   ratio ${(best.ours / best.psql).toFixed(2)}`,
  );
}

it('getTableInfo with a kept plan against one that is planned each time', async () => {
  const planned: Queryable = { query: (text, values) => db.query(text, values) };
  let table = 0;
  const look = (through: Queryable) => () => {
    table = (table % tablesInSchema) + 1;
    return getTableInfo(through, 'schema_80', `table_${table}`);
  };
  expect((await look(db)()).columns).toEqual((await look(planned)()).columns);
  const best = { prepared: Number.POSITIVE_INFINITY, planned: Number.POSITIVE_INFINITY };
  for (let run = 0; run < runs; run += 1) {
    best.prepared = Math.min(best.prepared, await elapsed(look(db)));
    best.planned = Math.min(best.planned, await elapsed(look(planned)));
  }
  console.log(
    `${'getTableInfo: prepared'.padEnd(44)} ${best.prepared.toFixed(1).padStart(7)} ms` +
      `   unprepared ${best.planned.toFixed(1).padStart(7)} ms   ratio ${(best.prepared / best.planned).toFixed(2)}`,
  );
});

/** Milliseconds. */
async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

it('listSchemas and listTables against psql’s \\dn and \\dt', async () => {
  const relations = `${schemaCount * tablesInSchema} tables`;
  expect((await listSchemas(db)).length).toBeGreaterThan(schemaCount);
  await compare(
    `listSchemas: ${schemaCount} schemas, ${relations}`,
    () => listSchemas(db),
    () => db.query(psqlSchemas),
  );
  expect(await listTables(db, 'schema_77')).toHaveLength(tablesInSchema);
  await compare(
    `listTables: ${tablesInSchema} of ${relations}`,
    () => listTables(db, 'schema_77'),
    () => db.query(psqlTables('schema_77')),
  );
});

it('getTableInfo, one table after another, against psql’s \\d+', async () => {
  expect((await getTableInfo(db, 'schema_78', 'table_1')).columns).toHaveLength(columnsInTable);
  let table = 0;
  const next = (): string => {
    table = (table % tablesInSchema) + 1;
    return `table_${table}`;
  };
  await compare(
    `getTableInfo: ${columnsInTable} columns and a primary key`,
    () => getTableInfo(db, 'schema_78', next()),
    () => describeAsPsql('schema_79', next()),
  );
});

async function describeAsPsql(schema: string, relation: string): Promise<void> {
  const [found] = await db.query(psqlFind(schema, relation));
  const oid = found?.['oid'];
  if (oid == null) throw new Error(`There is no ${schema}.${relation}.`);
  for (const statement of psqlDescribe(oid)) await db.query(statement);
}

it('getTableInfo of the widest table that can be', async () => {
  await database.query(`DO $$
    BEGIN
      EXECUTE (SELECT 'CREATE TABLE widest (' || string_agg(format('c%s int DEFAULT %s', n, n), ', ') || ')'
                 FROM generate_series(1, ${mostColumns}) n);
      FOR n IN 1..20 LOOP
        EXECUTE format('CREATE INDEX ON widest (c%s, c%s)', n, n + 1);
      END LOOP;
    END $$`);
  expect((await getTableInfo(db, 'public', 'widest')).columns).toHaveLength(mostColumns);
  const time = await elapsed(() => getTableInfo(db, 'public', 'widest'));
  const what = `getTableInfo: ${mostColumns} columns and 20 indexes`;
  console.log(`${what.padEnd(44)} ${time.toFixed(1).padStart(7)} ms`);
});

it('listTables of one crowded schema against psql’s \\dt', async () => {
  await database.query(`DO $$
    BEGIN
      CREATE SCHEMA crowded;
      FOR table_number IN 1..${crowd} LOOP
        EXECUTE format('CREATE TABLE crowded.table_%s (id bigint)', table_number);
        IF table_number % 200 = 0 THEN COMMIT; END IF;
      END LOOP;
    END $$`);
  await database.query('VACUUM ANALYZE');
  expect(await listTables(db, 'crowded')).toHaveLength(crowd);
  await compare(
    `listTables: ${crowd} tables in one schema`,
    () => listTables(db, 'crowded'),
    () => db.query(psqlTables('crowded')),
  );
});
