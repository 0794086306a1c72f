import { afterAll, beforeAll, expect, it } from 'vitest';
import { getRelationPrivileges } from '../../../src/main/services/introspection/get-relation-privileges';
import { createDatabase, type TestDatabase, type TestRole } from '../database';
import { openTextClient, type TextClient } from './text-client';

let database: TestDatabase;
let role: TestRole;
let db: TextClient;

beforeAll(async () => {
  database = await createDatabase();
  role = await database.createRole();
  // Who has no right on them may still see who has.
  db = await openTextClient(role.settings);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

it('names the owner first, PUBLIC last, and who may grant further', async () => {
  await database.query(`
    CREATE TABLE granted (id int);
    GRANT SELECT ON granted TO PUBLIC;
    GRANT UPDATE ON granted TO ${role.name};
    GRANT DELETE ON granted TO ${role.name} WITH GRANT OPTION;
  `);
  const [owner, ...others] = await getRelationPrivileges(db, 'public', 'granted');
  expect(owner).toMatchObject({ grantee: 'postgres', grantor: 'postgres' });
  expect(owner?.privileges).toEqual(expect.arrayContaining(['INSERT', 'SELECT', 'TRUNCATE']));
  expect(others).toMatchObject([{ grantee: role.name, grantable: ['DELETE'] }, { grantee: null }]);
  expect(new Set(others[0]?.privileges)).toEqual(new Set(['UPDATE', 'DELETE']));
  expect(others[1]?.privileges).toEqual(['SELECT']);
});

it('knows what holds until something is granted, and that nothing may be left', async () => {
  await database.query(`
    CREATE SEQUENCE untouched;
    CREATE TABLE closed (id int);
    REVOKE ALL ON closed FROM postgres;
  `);
  const sequence = await getRelationPrivileges(db, 'public', 'untouched');
  expect(sequence).toHaveLength(1);
  expect(new Set(sequence[0]?.privileges)).toEqual(new Set(['SELECT', 'UPDATE', 'USAGE']));
  expect(await getRelationPrivileges(db, 'public', 'closed')).toEqual([]);
});
