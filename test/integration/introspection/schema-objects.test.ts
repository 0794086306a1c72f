import { describe, expect, it } from 'vitest';
import { listDataTypes } from '../../../src/main/services/introspection/list-data-types';
import { getRoutineDefinition } from '../../../src/main/services/introspection/get-routine-definition';
import { listRoutines } from '../../../src/main/services/introspection/list-routines';
import { listSequences } from '../../../src/main/services/introspection/list-sequences';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { useCatalogDatabase } from './catalog-database';
import { openTextClient } from './text-client';

const catalog = useCatalogDatabase();

describe('routines', () => {
  it('of every kind are listed with what tells overloads apart', async () => {
    await catalog.database.query(`
      CREATE SCHEMA code;
      CREATE FUNCTION code."Add"(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE
        AS 'SELECT a + b';
      CREATE FUNCTION code."Add"(a text, OUT n int, OUT m int) LANGUAGE sql STABLE SECURITY DEFINER
        AS 'SELECT 1, 2';
      CREATE PROCEDURE code.act(INOUT x int) LANGUAGE plpgsql AS 'BEGIN END';
      CREATE AGGREGATE code.total(int) (SFUNC = int4pl, STYPE = int);
      COMMENT ON PROCEDURE code.act IS 'acts';
      REVOKE EXECUTE ON PROCEDURE code.act FROM PUBLIC;
      GRANT USAGE ON SCHEMA code TO ${catalog.role.name};
    `);
    const routines = await listRoutines(catalog.roleDb, 'code');
    expect(
      routines.map((r) => [r.name, r.kind, r.arguments, r.result, r.volatility, r.canExecute]),
    ).toEqual([
      ['Add', 'function', 'a integer, b integer DEFAULT 1', 'integer', 'immutable', true],
      ['Add', 'function', 'a text, OUT n integer, OUT m integer', 'record', 'stable', true],
      ['act', 'procedure', 'INOUT x integer', null, 'volatile', false],
      ['total', 'aggregate', 'integer', 'integer', 'immutable', true],
    ]);
    expect(routines[1]?.isSecurityDefiner).toBe(true);
    expect(routines[2]).toMatchObject({ comment: 'acts', language: 'plpgsql', extension: null });
  });

  it('have the definition that makes them again', async () => {
    await catalog.database.query(`
      CREATE SCHEMA source;
      CREATE FUNCTION source.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE AGGREGATE source.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
    `);
    const [one, total] = await listRoutines(catalog.db, 'source');
    const definition = await getRoutineDefinition(catalog.db, one?.oid ?? 0);
    expect(definition).toMatch(/^CREATE OR REPLACE FUNCTION source\.one\(\)/);
    await catalog.database.query(definition ?? '');
    expect(await getRoutineDefinition(catalog.db, total?.oid ?? 0)).toBe(
      "CREATE OR REPLACE AGGREGATE source.total(integer) (\n  SFUNC = int4pl,\n  STYPE = integer,\n  INITCOND = '0'\n);",
    );
    await catalog.database.query('DROP FUNCTION source.one()');
    await expect(getRoutineDefinition(catalog.db, one?.oid ?? 0)).rejects.toMatchObject({
      kind: 'NotFound',
    });
  });

  it('of the system can all be listed', async () => {
    const { rows } = await catalog.database.query<{ count: string }>(
      `SELECT count(*) FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace`,
    );
    expect(await listRoutines(catalog.roleDb, 'pg_catalog')).toHaveLength(Number(rows[0]?.count));
  });
});

describe('data types', () => {
  it('have what their kind has, and are only those that somebody made', async () => {
    await catalog.database.query(`
      CREATE SCHEMA types;
      SET search_path TO types;
      CREATE TYPE mood AS ENUM ('sad', 'ok');
      ALTER TYPE mood ADD VALUE '"so,so"' BEFORE 'ok';
      CREATE TYPE pair AS (a numeric(4,1), "B" text COLLATE "C");
      CREATE DOMAIN positive AS int DEFAULT 1 NOT NULL CONSTRAINT above CHECK (VALUE > 0);
      CREATE TYPE span AS RANGE (subtype = float8);
      CREATE TABLE not_a_type (id int);
      COMMENT ON TYPE mood IS 'how it is';
      RESET search_path;
    `);
    const oid = expect.any(Number);
    const common = { oid, schema: 'types', owner: 'postgres', extension: null, comment: null };
    expect(await listDataTypes(catalog.db, 'types')).toEqual([
      {
        ...common,
        name: 'mood',
        kind: 'enum',
        labels: ['sad', '"so,so"', 'ok'],
        comment: 'how it is',
      },
      {
        ...common,
        name: 'pair',
        kind: 'composite',
        attributes: [
          { name: 'a', type: 'numeric(4,1)', collation: null },
          { name: 'B', type: 'text', collation: '"C"' },
        ],
      },
      {
        ...common,
        name: 'positive',
        kind: 'domain',
        baseType: 'integer',
        collation: null,
        nullable: false,
        default: '1',
        checks: [{ name: 'above', definition: 'CHECK (VALUE > 0)' }],
      },
      {
        ...common,
        name: 'span',
        kind: 'range',
        subtype: 'double precision',
        multirange: 'types.span_multirange',
        options: [],
      },
    ]);
  });

  it('of the system can all be listed, without arrays and row types', async () => {
    const names = (await listDataTypes(catalog.roleDb, 'pg_catalog')).map((type) => type.name);
    expect(names).toEqual(expect.arrayContaining(['int4', 'text', 'int4range', 'point']));
    expect(names).not.toContain('_int4');
    expect(names).not.toContain('pg_class');
    // Its element is found by subscript, but it is the array of nothing.
    expect(names).toContain('name');
  });
});

describe('sequences', () => {
  it('have their bounds and state exactly, and the column that owns them', async () => {
    await catalog.database.query(`
      CREATE SCHEMA numbers;
      CREATE SEQUENCE numbers.big START 9223372036854775806 MAXVALUE 9223372036854775807 CACHE 5;
      CREATE SEQUENCE numbers.down AS smallint INCREMENT -1 CYCLE;
      CREATE TABLE numbers.owner (id int GENERATED ALWAYS AS IDENTITY, n serial);
      SELECT nextval('numbers.big'), nextval('numbers.owner_n_seq');
    `);
    const sequences = await listSequences(catalog.db, 'numbers');
    expect(
      sequences.map((s) => [s.name, s.type, s.lastValue, s.cycles, s.ownedBy?.column]),
    ).toEqual([
      ['big', 'bigint', '9223372036854775807', false, undefined],
      ['down', 'smallint', null, true, undefined],
      ['owner_id_seq', 'integer', null, false, 'id'],
      ['owner_n_seq', 'integer', '1', false, 'n'],
    ]);
    expect(sequences[0]).toMatchObject({
      start: '9223372036854775806',
      maximum: '9223372036854775807',
      minimum: '1',
      increment: '1',
      cache: '5',
      canRead: true,
    });
    expect(sequences[3]?.ownedBy).toEqual({ schema: 'numbers', table: 'owner', column: 'n' });
  });

  it('without a right on them, or temporary ones of others, are listed without a value', async () => {
    const unread = await listSequences(catalog.roleDb, 'numbers');
    expect(unread.map((s) => [s.canRead, s.lastValue])).toEqual(
      Array.from({ length: 4 }, () => [false, null]),
    );
    await catalog.db.query('CREATE TEMPORARY SEQUENCE mine; ');
    await catalog.db.query(`SELECT nextval('mine')`);
    const [temporary] = await catalog.db.query(
      'SELECT pg_my_temp_schema()::regnamespace::text AS name',
    );
    const other = await openTextClient(catalog.database.settings);
    try {
      expect(await listSequences(catalog.db, temporary?.['name'] ?? '')).toMatchObject([
        { lastValue: '1' },
      ]);
      expect(await listSequences(other, temporary?.['name'] ?? '')).toMatchObject([
        { name: 'mine', lastValue: null },
      ]);
    } finally {
      await other.close();
    }
  });
});

describe('triggers, rules and policies', () => {
  it('are read together', async () => {
    await catalog.database.query(`
      CREATE SCHEMA guard;
      SET search_path TO guard;
      CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TABLE watched (id int PRIMARY KEY, who text);
      CREATE TRIGGER early BEFORE INSERT OR DELETE ON watched FOR EACH ROW EXECUTE FUNCTION quiet();
      CREATE TRIGGER late AFTER UPDATE OR TRUNCATE ON watched EXECUTE FUNCTION quiet();
      ALTER TABLE watched ENABLE ALWAYS TRIGGER late;
      COMMENT ON TRIGGER late ON watched IS 'always';
      CREATE RULE no_delete AS ON DELETE TO watched DO INSTEAD NOTHING;
      ALTER TABLE watched DISABLE RULE no_delete;
      CREATE POLICY own ON watched AS RESTRICTIVE FOR UPDATE TO ${catalog.role.name}, postgres
        USING (who = CURRENT_USER) WITH CHECK (id > 0);
      CREATE POLICY everybody ON watched USING (true);
      ALTER TABLE watched ENABLE ROW LEVEL SECURITY;
      CREATE VIEW seen AS SELECT * FROM watched;
      CREATE TRIGGER instead INSTEAD OF UPDATE ON seen FOR EACH ROW EXECUTE FUNCTION quiet();
      RESET search_path;
    `);
    const quiet = { schema: 'guard', name: 'quiet' };
    const watched = await getTableAttachments(catalog.db, 'guard', 'watched');
    expect(watched.triggers).toEqual([
      {
        name: 'early',
        timing: 'before',
        events: ['insert', 'delete'],
        level: 'row',
        function: quiet,
        isInherited: false,
        firing: 'origin',
        definition:
          'CREATE TRIGGER early BEFORE INSERT OR DELETE ON guard.watched ' +
          'FOR EACH ROW EXECUTE FUNCTION guard.quiet()',
        comment: null,
      },
      {
        name: 'late',
        timing: 'after',
        events: ['update', 'truncate'],
        level: 'statement',
        function: quiet,
        isInherited: false,
        firing: 'always',
        definition:
          'CREATE TRIGGER late AFTER UPDATE OR TRUNCATE ON guard.watched ' +
          'FOR EACH STATEMENT EXECUTE FUNCTION guard.quiet()',
        comment: 'always',
      },
    ]);
    expect(watched.rules).toEqual([
      expect.objectContaining({
        name: 'no_delete',
        event: 'delete',
        isInstead: true,
        firing: 'disabled',
      }),
    ]);
    expect(watched.policies).toEqual([
      {
        name: 'everybody',
        command: 'all',
        isPermissive: true,
        roles: [],
        using: 'true',
        withCheck: null,
        comment: null,
      },
      {
        name: 'own',
        command: 'update',
        isPermissive: false,
        roles: ['postgres', catalog.role.name],
        using: '(who = CURRENT_USER)',
        withCheck: '(id > 0)',
        comment: null,
      },
    ]);
    expect(watched).toMatchObject({ isRowSecurityEnabled: true, isRowSecurityForced: false });

    const seen = await getTableAttachments(catalog.db, 'guard', 'seen');
    expect(seen.rules).toEqual([]);
    expect(seen.triggers).toMatchObject([{ timing: 'instead of', events: ['update'] }]);
    await expect(getTableAttachments(catalog.db, 'guard', 'nothing')).rejects.toMatchObject({
      kind: 'TableNotFound',
    });
  });
});
