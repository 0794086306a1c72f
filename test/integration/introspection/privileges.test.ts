import { describe, expect, it } from 'vitest';
import { getOwnPrivileges } from '../../../src/main/services/introspection/get-own-privileges';
import { getRelationPrivileges } from '../../../src/main/services/introspection/get-relation-privileges';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

it('names the owner first, PUBLIC last, and who may grant further', async () => {
  await catalog.database.query(`
    CREATE TABLE granted (id int);
    GRANT SELECT ON granted TO PUBLIC;
    GRANT UPDATE ON granted TO ${catalog.role.name};
    GRANT DELETE ON granted TO ${catalog.role.name} WITH GRANT OPTION;
  `);
  const [owner, ...others] = await getRelationPrivileges(catalog.roleDb, 'public', 'granted');
  expect(owner).toMatchObject({ grantee: 'postgres', grantor: 'postgres' });
  expect(owner?.privileges).toEqual(expect.arrayContaining(['INSERT', 'SELECT', 'TRUNCATE']));
  expect(others).toMatchObject([
    { grantee: catalog.role.name, grantable: ['DELETE'] },
    { grantee: null },
  ]);
  expect(new Set(others[0]?.privileges)).toEqual(new Set(['UPDATE', 'DELETE']));
  expect(others[1]?.privileges).toEqual(['SELECT']);
});

it('knows what holds until something is granted, and that nothing may be left', async () => {
  await catalog.database.query(`
    CREATE SEQUENCE untouched;
    CREATE TABLE closed (id int);
    REVOKE ALL ON closed FROM postgres;
  `);
  const sequence = await getRelationPrivileges(catalog.roleDb, 'public', 'untouched');
  expect(sequence).toHaveLength(1);
  expect(new Set(sequence[0]?.privileges)).toEqual(new Set(['SELECT', 'UPDATE', 'USAGE']));
  expect(await getRelationPrivileges(catalog.roleDb, 'public', 'closed')).toEqual([]);
});

describe('the rights of the current user', () => {
  it('are those on the relation, and those on columns beyond them', async () => {
    await catalog.database.query(`
      CREATE TABLE "Part; ly" (id int, "Sal ary" int, gone int, note text);
      ALTER TABLE "Part; ly" DROP COLUMN gone;
      GRANT INSERT ON "Part; ly" TO ${catalog.role.name};
      GRANT SELECT (note, id), INSERT (id), UPDATE (note) ON "Part; ly" TO PUBLIC;
    `);
    expect(await getOwnPrivileges(catalog.roleDb, 'public', 'Part; ly')).toEqual({
      canUseSchema: true,
      relation: ['INSERT'],
      columns: [
        { name: 'id', privileges: ['SELECT'] },
        { name: 'note', privileges: ['SELECT', 'UPDATE'] },
      ],
    });
    const own = await getOwnPrivileges(catalog.db, 'public', 'Part; ly');
    expect(own.relation).toEqual(expect.arrayContaining(['SELECT', 'TRUNCATE', 'TRIGGER']));
    expect(own.columns).toEqual([]);
  });

  it('are of sequences, of views and of a schema without USAGE too', async () => {
    await catalog.database.query(`
      CREATE SCHEMA shut;
      CREATE SEQUENCE shut.counter;
      CREATE VIEW shut.seen AS SELECT 1 AS a;
      GRANT USAGE ON SEQUENCE shut.counter TO ${catalog.role.name};
    `);
    expect(await getOwnPrivileges(catalog.roleDb, 'shut', 'counter')).toEqual({
      canUseSchema: false,
      relation: ['USAGE'],
      columns: [],
    });
    expect(await getOwnPrivileges(catalog.roleDb, 'shut', 'seen')).toMatchObject({ relation: [] });
    await expect(getOwnPrivileges(catalog.roleDb, 'shut', 'nowhere')).rejects.toMatchObject({
      kind: 'TableNotFound',
    });
  });
});
