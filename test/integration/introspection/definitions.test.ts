import { describe, expect, it } from 'vitest';
import { getRoutineDefinition } from '../../../src/main/services/introspection/get-routine-definition';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { listDataTypes } from '../../../src/main/services/introspection/list-data-types';
import { listEventTriggers } from '../../../src/main/services/introspection/list-event-triggers';
import { listExtensions } from '../../../src/main/services/introspection/list-extensions';
import { listForeignServers } from '../../../src/main/services/introspection/list-foreign-servers';
import { listPublications } from '../../../src/main/services/introspection/list-publications';
import { listRoles } from '../../../src/main/services/introspection/list-roles';
import { listRoutines } from '../../../src/main/services/introspection/list-routines';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listSequences } from '../../../src/main/services/introspection/list-sequences';
import { listSubscriptions } from '../../../src/main/services/introspection/list-subscriptions';
import { listTablespaces } from '../../../src/main/services/introspection/list-tablespaces';
import {
  policyDefinition,
  schemaDefinition,
  sequenceDefinition,
  typeDefinition,
} from '../../../src/shared/sql/definitions/object-definitions';
import {
  eventTriggerDefinition,
  extensionDefinition,
  foreignServerDefinition,
  publicationDefinition,
  roleDefinition,
  subscriptionDefinition,
  tablespaceDefinition,
} from '../../../src/shared/sql/definitions/server-definitions';
import { useCatalogDatabase } from './catalog-database';

/*
 * A definition is right when the server makes the same object from it: each is dropped, made again
 * from its own definition, and read once more.
 */

const catalog = useCatalogDatabase();

/** What is read of the objects before they are dropped, and after they were made from their definitions. */
async function remake<T extends object>(
  read: () => Promise<readonly T[]>,
  drop: string,
  definitions: (objects: readonly T[]) => readonly (string | null)[],
): Promise<{ readonly before: unknown; readonly after: unknown }> {
  const before = await read();
  await catalog.database.query(drop);
  const dropped = await read();
  if (before.length === 0 || dropped.length > 0) throw new Error('There is nothing to make anew.');
  for (const definition of definitions(before)) await catalog.database.query(definition ?? '');
  const lasting = (objects: readonly T[]): unknown =>
    objects.map((object) => ({ ...object, oid: 0 }));
  return { before: lasting(before), after: lasting(await read()) };
}

describe('the definitions that the application puts together', () => {
  it('make a schema and its types again', async () => {
    await catalog.database.query(`
      CREATE SCHEMA "My types";
      SET search_path = "My types";
      CREATE TYPE "Mood 🙂" AS ENUM ('sad', 'it''s', 'back\\slash');
      CREATE TYPE pair AS ("select" int, "b b" text COLLATE "C");
      CREATE TYPE nothing AS ();
      CREATE DOMAIN "Small" AS varchar(5) DEFAULT 'x' NOT NULL
        CONSTRAINT "not y" CHECK (VALUE <> 'y') CHECK (length(VALUE) < 4);
      CREATE DOMAIN "Sorted" AS text COLLATE "C" DEFAULT lower('X');
      ALTER DOMAIN "Sorted" ADD CONSTRAINT "new" CHECK (VALUE <> 'z') NOT VALID;
      CREATE TYPE span AS RANGE (SUBTYPE = numeric, MULTIRANGE_TYPE_NAME = many_spans);
      CREATE TYPE words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = "C");
      CREATE TYPE lengths AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
      RESET search_path;
    `);
    const facts = async (): Promise<unknown> =>
      (
        await catalog.database.query(`
          SELECT t.typname, t.typcollation, r.rngsubopc, r.rngcollation, r.rngsubdiff,
                 ARRAY(SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contypid = t.oid ORDER BY conname)
            FROM pg_type t LEFT JOIN pg_range r ON r.rngtypid = t.oid
           WHERE t.typnamespace = '"My types"'::regnamespace ORDER BY 1`)
      ).rows;
    const original = await facts();
    const schemas = (await listSchemas(catalog.db)).filter(({ name }) => name === 'My types');
    const made = await remake(
      () => listDataTypes(catalog.db, 'My types'),
      'DROP SCHEMA "My types" CASCADE',
      (types) => [...schemas.map(schemaDefinition), ...types.map(typeDefinition)],
    );
    expect(made.after).toEqual(made.before);
    expect(await facts()).toEqual(original);
  });

  it('make sequences again', async () => {
    await catalog.database.query(`
      CREATE SCHEMA seqs;
      CREATE SEQUENCE seqs."Down; 1" AS smallint INCREMENT -2 MINVALUE -10 MAXVALUE 5 START 3
        CACHE 4 CYCLE;
      CREATE SEQUENCE seqs.plain;
    `);
    const made = await remake(
      () => listSequences(catalog.db, 'seqs'),
      'DROP SEQUENCE seqs."Down; 1", seqs.plain',
      (sequences) => sequences.map(sequenceDefinition),
    );
    expect(made.after).toEqual(made.before);
  });

  it('make routines again, aggregates among them', async () => {
    await catalog.database.query(`
      CREATE SCHEMA code;
      CREATE FUNCTION code."Add; 1"(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE
        AS 'SELECT a + b';
      CREATE PROCEDURE code.act(INOUT x int) LANGUAGE plpgsql AS 'BEGIN END';
      CREATE AGGREGATE code."Sum of"(n int) (SFUNC = int4pl, STYPE = int, INITCOND = '0',
        COMBINEFUNC = int4pl, SORTOP = OPERATOR(pg_catalog.>), PARALLEL = SAFE);
      CREATE AGGREGATE code.counted(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0',
        MSFUNC = int8inc, MINVFUNC = int8dec, MSTYPE = int8, MINITCOND = '0');
    `);
    const before = await listRoutines(catalog.db, 'code');
    const definitions = await Promise.all(
      before.map(({ oid }) => getRoutineDefinition(catalog.db, oid)),
    );
    const made = await remake(
      () => listRoutines(catalog.db, 'code'),
      `DROP ROUTINE code."Add; 1", code.act, code."Sum of"(int);
       DROP AGGREGATE code.counted(*)`,
      () => definitions,
    );
    expect(made.after).toEqual(made.before);
    const again = await listRoutines(catalog.db, 'code');
    expect(
      await Promise.all(again.map(({ oid }) => getRoutineDefinition(catalog.db, oid))),
    ).toEqual(definitions);
  });

  it('make policies again', async () => {
    await catalog.database.query(`
      CREATE TABLE guarded (id int, "Owner" text);
      CREATE POLICY "own; rows" ON guarded AS RESTRICTIVE FOR UPDATE
        TO ${catalog.role.name} USING ("Owner" = 'me') WITH CHECK (id > 0);
      CREATE POLICY anyone ON guarded FOR INSERT WITH CHECK (true);
    `);
    const made = await remake(
      async () => (await getTableAttachments(catalog.db, 'public', 'guarded')).policies,
      'DROP POLICY "own; rows" ON guarded; DROP POLICY anyone ON guarded',
      (policies) => policies.map((policy) => policyDefinition('public', 'guarded', policy)),
    );
    expect(made.after).toEqual(made.before);
  });

  it('make publications, event triggers and foreign servers again', async () => {
    await catalog.database.query(`
      CREATE TABLE fed (id int PRIMARY KEY);
      CREATE PUBLICATION "Feed; 1" FOR TABLE fed WITH (publish = 'insert, delete');
      CREATE PUBLICATION everything FOR ALL TABLES WITH (publish_via_partition_root);
      CREATE PUBLICATION nothing;
      CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER "On; drop" ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW')
        EXECUTE FUNCTION watch();
      CREATE EVENT TRIGGER off ON ddl_command_end EXECUTE FUNCTION watch();
      ALTER EVENT TRIGGER off DISABLE;
      CREATE FOREIGN DATA WRAPPER empty_wrapper;
      CREATE SERVER "Far; away" TYPE 'a' VERSION '1' FOREIGN DATA WRAPPER empty_wrapper;
    `);
    const published = await remake(
      () => listPublications(catalog.db),
      'DROP PUBLICATION "Feed; 1", everything, nothing',
      (publications) => publications.map(publicationDefinition),
    );
    expect(published.after).toEqual(published.before);
    const watched = await remake(
      () => listEventTriggers(catalog.db),
      'DROP EVENT TRIGGER "On; drop"; DROP EVENT TRIGGER off',
      (triggers) => triggers.map(eventTriggerDefinition),
    );
    expect(watched.after).toEqual(watched.before);
    const served = await remake(
      () => listForeignServers(catalog.db),
      'DROP SERVER "Far; away"',
      (servers) => servers.map(foreignServerDefinition),
    );
    expect(served.after).toEqual(served.before);
  });

  it('make a role and an extension again', async () => {
    const role = `role_of_${catalog.database.name}`;
    await catalog.database.query(`
      CREATE ROLE ${role} WITH CREATEDB NOINHERIT CONNECTION LIMIT 3
        VALID UNTIL '2030-01-02 03:04:05+00';
      GRANT ${catalog.role.name} TO ${role};
    `);
    const granted = await remake(
      async () => (await listRoles(catalog.db)).filter(({ name }) => name === role),
      `DROP ROLE ${role}`,
      (roles) => roles.map(roleDefinition),
    );
    expect(granted.after).toEqual(granted.before);
    await catalog.database.query(`DROP ROLE ${role}`);
    const extended = await remake(
      () => listExtensions(catalog.db),
      'DROP EXTENSION plpgsql CASCADE',
      (extensions) => extensions.map(extensionDefinition),
    );
    expect(extended.after).toEqual(extended.before);
  });

  it('make a tablespace again where its folder is, and none that comes with the server', async () => {
    const name = `Place; ${catalog.database.name}`;
    await catalog.database.query('SET allow_in_place_tablespaces = on');
    await catalog.database.query(
      `CREATE TABLESPACE "${name}" LOCATION '' WITH (random_page_cost = 1.5, seq_page_cost = 2)`,
    );
    const made = (await listTablespaces(catalog.db)).map(tablespaceDefinition);
    expect(made.filter((definition) => definition?.includes(name))).toEqual([
      expect.stringMatching(
        /^CREATE TABLESPACE "Place; \w+"\n {2}OWNER postgres\n {2}LOCATION 'pg_tblspc\/\d+'\n {2}WITH \(random_page_cost=1.5, seq_page_cost=2\);$/u,
      ),
    ]);
    expect(made.filter((definition) => definition === null)).toHaveLength(2);
    await catalog.database.query(`DROP TABLESPACE "${name}"`);
  });

  it('say of a subscription what may be said', async () => {
    await catalog.database.query(`
      CREATE SUBSCRIPTION "Sub; 1" CONNECTION 'host=nowhere password=secret' PUBLICATION "P q", r
        WITH (connect = false, slot_name = NONE)`);
    const [subscription] = await listSubscriptions(catalog.db);
    if (subscription === undefined) throw new Error('The subscription was not listed.');
    const definition = subscriptionDefinition(subscription);
    expect(definition).not.toContain('secret');
    expect(definition).toContain('PUBLICATION "P q", r');
    await catalog.database.query('DROP SUBSCRIPTION "Sub; 1"');
  });
});

it('names everything with its schema, along whatever search path it is read', async () => {
  await catalog.database.query(`
    CREATE SCHEMA path;
    CREATE TYPE path.state AS ENUM ('open', 'closed');
    CREATE FUNCTION path.latest(a path.state, b path.state DEFAULT 'open'::path.state)
      RETURNS path.state LANGUAGE sql IMMUTABLE AS 'SELECT b';
    CREATE AGGREGATE path.last(path.state) (SFUNC = path.latest, STYPE = path.state);
    CREATE TABLE path.doors (state path.state);
    CREATE FUNCTION path.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touched BEFORE UPDATE ON path.doors FOR EACH ROW EXECUTE FUNCTION path.touch();
    CREATE RULE kept AS ON DELETE TO path.doors DO INSTEAD NOTHING;
    CREATE POLICY opened ON path.doors USING (state = 'open'::path.state)`);
  const routines = await listRoutines(catalog.db, 'path');
  const read = async (): Promise<unknown> => ({
    routines: await Promise.all(routines.map(({ oid }) => getRoutineDefinition(catalog.db, oid))),
    attachments: await getTableAttachments(catalog.db, 'path', 'doors'),
  });
  const elsewhere = await read();
  await catalog.db.query('SET search_path TO path');
  expect(await read()).toEqual(elsewhere);
  await catalog.db.query('RESET search_path');
});
