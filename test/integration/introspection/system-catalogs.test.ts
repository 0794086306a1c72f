import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getOwnPrivileges } from '../../../src/main/services/introspection/get-own-privileges';
import { getRelationPrivileges } from '../../../src/main/services/introspection/get-relation-privileges';
import { getTableActivity } from '../../../src/main/services/introspection/get-table-activity';
import { getTableAttachments } from '../../../src/main/services/introspection/get-table-attachments';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { createDatabase, type TestDatabase, type TestRole } from '../database';
import { openTextClient } from './text-client';

let database: TestDatabase;
let role: TestRole;

beforeAll(async () => {
  database = await createDatabase();
  role = await database.createRole();
  await database.query(`
    CREATE SCHEMA hidden;
    CREATE TABLE hidden.secret (id int PRIMARY KEY, big text);
    CREATE VIEW hidden.seen AS SELECT * FROM hidden.secret;
  `);
});
afterAll(() => database.drop());

/** Whether the role may read some column, whatever it may do with the schema. */
async function hasSelect(oid: number): Promise<boolean> {
  const { rows } = await database.query<{ readable: boolean }>(
    `SELECT has_any_column_privilege($1, $2::oid, 'SELECT') AS readable`,
    [role.name, oid],
  );
  return rows[0]?.readable === true;
}

describe('every relation of the system and of a schema without rights', () => {
  it.each(['the superuser', 'a role without any right'])('can be described by %s', async (who) => {
    const settings = who === 'the superuser' ? database.settings : role.settings;
    const db = await openTextClient(settings);
    try {
      const described: string[] = [];
      for (const schema of await listSchemas(db)) {
        for (const table of await listTables(db, schema.name)) {
          const info = await getTableInfo(db, schema.name, table.name);
          // The estimate may have changed meanwhile: autovacuum works on the catalogs too.
          const { estimatedRows } = info.table;
          expect(info.table).toEqual({ ...table, estimatedRows });
          expect(info.columns.length).toBeGreaterThan(0);
          expect(info.viewDefinition === null).toBe(table.kind !== 'view');
          const attachments = await getTableAttachments(db, schema.name, table.name);
          expect(attachments.triggers).toHaveLength(info.triggers.length);
          const privileges = await getRelationPrivileges(db, schema.name, table.name);
          expect(privileges[0]?.grantee).toBe(table.owner);
          const own = await getOwnPrivileges(db, schema.name, table.name);
          expect(own.relation.includes('SELECT') || own.columns.length > 0).toBe(
            who === 'the superuser' || (await hasSelect(table.oid)),
          );
          const activity = await getTableActivity(db, schema.name, table.name);
          expect(activity.indexes).toHaveLength(info.indexes.length);
          described.push(`${schema.name}.${table.name}`);
        }
      }
      const { rows } = await database.query<{ name: string }>(`
        SELECT n.nspname || '.' || c.relname AS name
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'v')`);
      expect(described.sort()).toEqual(rows.map((row) => row.name).sort());
    } finally {
      await db.close();
    }
  });
});
