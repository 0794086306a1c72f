import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { listDataTypes } from '../../../src/main/services/introspection/list-data-types';
import { listEventTriggers } from '../../../src/main/services/introspection/list-event-triggers';
import { listExtensions } from '../../../src/main/services/introspection/list-extensions';
import { listForeignServers } from '../../../src/main/services/introspection/list-foreign-servers';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { listRoles } from '../../../src/main/services/introspection/list-roles';
import { getRoutineDefinition } from '../../../src/main/services/introspection/get-routine-definition';
import { listRoutines } from '../../../src/main/services/introspection/list-routines';
import { listSequences } from '../../../src/main/services/introspection/list-sequences';
import { listSubscriptions } from '../../../src/main/services/introspection/list-subscriptions';
import { listTablespaces } from '../../../src/main/services/introspection/list-tablespaces';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listDatabases } from '../../../src/main/services/introspection/list-databases';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { createDatabase, type TestDatabase } from '../database';
import { openTextClient, type TextClient } from './text-client';

let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE TABLE parent (id int PRIMARY KEY);
    CREATE TABLE child (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text COLLATE "C" DEFAULT 'x' CHECK (name <> ''),
      parent int REFERENCES parent);
    CREATE TABLE parts (id int) PARTITION BY LIST (id);
    CREATE TABLE part PARTITION OF parts DEFAULT;
    CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
    CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TYPE pair AS (a int, b text COLLATE "C");
    CREATE DOMAIN positive AS int CHECK (VALUE IS NOT NULL);
    CREATE POLICY own ON parent TO postgres USING (true);
    CREATE RULE no_delete AS ON DELETE TO parent DO INSTEAD NOTHING;
    CREATE PUBLICATION feed FOR TABLE parent;
    CREATE SUBSCRIPTION mirror CONNECTION '' PUBLICATION a WITH (connect = false, slot_name = NONE);
    CREATE FOREIGN DATA WRAPPER anything;
    CREATE SERVER far FOREIGN DATA WRAPPER anything OPTIONS (host 'example');
    CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER off ON sql_drop EXECUTE FUNCTION watch();
    ALTER EVENT TRIGGER off DISABLE;
    CREATE TRIGGER quiet AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION quiet();
  `);
});
afterEach(async () => {
  await database.query('DROP SUBSCRIPTION mirror');
  await database.drop();
});

/** Everything that introspection says of the database and, of what all databases share, of what no other test makes. */
async function readAll(db: TextClient): Promise<Record<string, unknown>> {
  const schemas = await listSchemas(db);
  const tables = await listTables(db, 'public');
  const infos: unknown[] = [];
  for (const table of tables) {
    infos.push(await getTableInfo(db, 'public', table.name));
    infos.push(await getTableAttachments(db, 'public', table.name));
  }
  return {
    databases: (await listDatabases(db)).filter(({ name }) => name === database.name),
    schemas,
    tables,
    infos,
    routines: (await listRoutines(db, 'public')).filter(({ name }) => name !== 'taken_over'),
    definition: await getRoutineDefinition(db, (await listRoutines(db, 'public'))[0]?.oid ?? 0),
    types: await listDataTypes(db, 'public'),
    sequences: await listSequences(db, 'public'),
    roles: (await listRoles(db)).filter(({ name }) => /^(?:pg_|postgres$)/u.test(name)),
    tablespaces: (await listTablespaces(db)).filter(({ name }) => name.startsWith('pg_')),
    extensions: await listExtensions(db),
    publications: await listPublications(db),
    subscriptions: await listSubscriptions(db),
    eventTriggers: await listEventTriggers(db),
    foreignServers: await listForeignServers(db),
  };
}

/** The server qualifies the names of its own types, as it must, when others are found before them. */
function unqualified(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll('pg_catalog.', '');
}

async function withClient<T>(work: (db: TextClient) => Promise<T>): Promise<T> {
  const db = await openTextClient(database.settings);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

describe('a database of somebody with bad intentions', () => {
  it('cannot have its own operators called (CVE-2018-1058)', async () => {
    const before = await withClient(readAll);
    // An operator for each pair of types that pg_catalog has none for: whichever of them a query
    // calls raises an error.
    await database.query(`
      DO $do$
      DECLARE
        types text[] := ARRAY['name', 'text', 'varchar', '"char"', 'oid', 'int2', 'int4', 'int8',
          'float4', 'float8', 'numeric', 'bool', 'regclass', 'regtype', 'oid[]', 'int2[]',
          'int2vector', 'oidvector', 'name[]', 'text[]'];
        operators text[] := ARRAY['=', '<>', '<', '>', '<=', '>=', '+', '-', '||', '~', '!~', '~~'];
        lefttype text; righttype text; op text;
      BEGIN
        FOREACH lefttype IN ARRAY types LOOP
          FOREACH righttype IN ARRAY types LOOP
            EXECUTE format($f$CREATE FUNCTION public.taken_over(%1$s, %2$s) RETURNS boolean
              LANGUAGE plpgsql AS $b$ BEGIN RAISE 'taken over: %1$s, %2$s'; END $b$ $f$,
              lefttype, righttype);
            FOREACH op IN ARRAY operators LOOP
              EXECUTE format(
                'CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.taken_over)',
                op, lefttype, righttype);
            END LOOP;
          END LOOP;
        END LOOP;
      END $do$;
    `);
    await withClient(async (db) => {
      // The trap works: this is how such a query looks.
      await expect(
        db.query(`SELECT 1 FROM pg_catalog.pg_class WHERE reltoastrelid = 0`),
      ).rejects.toMatchObject({ message: expect.stringContaining('taken over: oid, ') });
      expect(await readAll(db)).toEqual(before);
    });
  });

  it('cannot have its own functions, types and catalogs read instead', async () => {
    const before = await withClient(readAll);
    await database.query(`
      CREATE SCHEMA shadow;
      CREATE DOMAIN shadow.text AS int;
      CREATE DOMAIN shadow.int8 AS bit;
      CREATE DOMAIN shadow.oid AS date;
      CREATE DOMAIN shadow.name AS date;
      CREATE DOMAIN shadow.regclass AS date;
      CREATE DOMAIN shadow.regcollation AS date;
      DO $do$
      DECLARE shadowed record;
      BEGIN
        FOR shadowed IN SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace
                           AND relkind IN ('r', 'v') LOOP
          EXECUTE format('CREATE TABLE shadow.%I ()', shadowed.relname);
        END LOOP;
        FOR shadowed IN
          SELECT p.proname, oidvectortypes(p.proargtypes) AS arguments
            FROM pg_proc p
           WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
             AND NOT p.proretset AND p.provariadic = 0 AND p.proargmodes IS NULL
             AND p.proname ~ '^(pg_get|has_|format_type|obj_desc|set_config|unnest|array_|starts)'
             AND NOT EXISTS (SELECT FROM pg_type t
                              WHERE t.oid = ANY (p.proargtypes) AND t.typtype = 'p')
        LOOP
          EXECUTE format($f$CREATE FUNCTION shadow.%I(%s) RETURNS text LANGUAGE plpgsql
            AS $b$ BEGIN RAISE 'taken over'; END $b$ $f$, shadowed.proname, shadowed.arguments);
        END LOOP;
      END $do$;
    `);
    const { rows } = await database.query<{ functions: string }>(
      `SELECT count(*) AS functions FROM pg_proc WHERE pronamespace = 'shadow'::regnamespace`,
    );
    expect(Number(rows[0]?.functions)).toBeGreaterThan(50);

    await withClient(async (db) => {
      await db.query('SET search_path TO shadow, pg_catalog, public');
      await expect(
        db.query(`SELECT has_schema_privilege('public', 'USAGE')`),
      ).rejects.toMatchObject({ message: 'taken over' });
      const after = await readAll(db);
      expect(after).toMatchObject({
        schemas: expect.arrayContaining([expect.objectContaining({ name: 'shadow' })]),
      });
      expect(unqualified({ ...after, schemas: [] })).toBe(unqualified({ ...before, schemas: [] }));
    });
  });
});
