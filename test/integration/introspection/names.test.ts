import { describe, expect, it } from 'vitest';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listDatabases } from '../../../src/main/services/introspection/list-databases';
import { listSchemas } from '../../../src/main/services/introspection/list-schemas';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

/** 63 bytes, the longest that a name can be: 4 for the emoji, 2 for the quotes, 57 letters. */
const longest = `"${'é'.repeat(10)}${'n'.repeat(37)}'🐘`;

const names = [
  'CamelCase',
  'with space',
  ' ',
  'dotted.name',
  'double"quote',
  `single'quote`,
  'back\\slash',
  'dollar$$quote',
  'select',
  'table',
  '$1',
  '%s',
  '{"json": [1]}',
  'line\nbreak\ttab',
  '日本語',
  'zero\u200bwidth',
  '🐘',
  longest,
];

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

describe('names', () => {
  it('include one of exactly 63 bytes', () => {
    expect(Buffer.byteLength(longest)).toBe(63);
  });

  it.each(names)('%j is the same for every kind of object', async (name) => {
    const quoted = quote(name);
    const literal = `E'${name.replaceAll('\\', '\\\\').replaceAll(`'`, `''`)}'`;
    await catalog.database.query(`
      CREATE SCHEMA ${quoted};
      COMMENT ON SCHEMA ${quoted} IS ${literal};
      CREATE FUNCTION ${quoted}.${quoted}() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN RETURN NULL; END';
      CREATE DOMAIN ${quoted}.${quote(`D${name.slice(2)}`)} AS int;
      CREATE TABLE ${quoted}.${quoted} (
        ${quoted} int CONSTRAINT ${quoted} CHECK (${quoted} > 0),
        other ${quoted}.${quote(`D${name.slice(2)}`)} UNIQUE);
      COMMENT ON TABLE ${quoted}.${quoted} IS ${literal};
      COMMENT ON COLUMN ${quoted}.${quoted}.${quoted} IS ${literal};
      CREATE UNIQUE INDEX ${quote(`I${name.slice(2)}`)} ON ${quoted}.${quoted} (${quoted});
      ALTER TABLE ${quoted}.${quoted} ADD CONSTRAINT self FOREIGN KEY (other)
        REFERENCES ${quoted}.${quoted} (${quoted});
      CREATE TRIGGER ${quoted} AFTER INSERT ON ${quoted}.${quoted}
        EXECUTE FUNCTION ${quoted}.${quoted}();
    `);
    const schema = (await listSchemas(catalog.db)).find((found) => found.name === name);
    expect(schema?.comment).toBe(name);
    const tables = await listTables(catalog.db, name);
    expect(tables.map((table) => [table.schema, table.name, table.comment])).toEqual([
      [name, name, name],
    ]);

    const info = await getTableInfo(catalog.db, name, name);
    expect(info.table).toEqual(tables[0]);
    expect(info.columns.map((column) => [column.name, column.comment])).toEqual([
      [name, name],
      ['other', null],
    ]);
    expect(info.checks.map((check) => check.name)).toEqual([name]);
    expect(info.triggers.map((trigger) => trigger.name)).toEqual([name]);
    expect(info.indexes.map((index) => index.name)).toContain(`I${name.slice(2)}`);
    expect(info.foreignKeys).toEqual([
      expect.objectContaining({ schema: name, table: name, referencedColumns: [name] }),
    ]);
    expect(info.referencedBy).toEqual(info.foreignKeys);
  });

  it('of databases are the same too', async () => {
    await catalog.database.query(`CREATE DATABASE ${quote(longest)} TEMPLATE template0`);
    try {
      expect((await listDatabases(catalog.db)).map((found) => found.name)).toContain(longest);
    } finally {
      await catalog.database.query(`DROP DATABASE ${quote(longest)}`);
    }
  });

  it('that are too long find nothing, instead of what the server would cut them to', async () => {
    const long = 'n'.repeat(63);
    await catalog.database.query(`CREATE SCHEMA ${long}; CREATE TABLE ${long}.${long} ()`);
    await expect(listTables(catalog.db, `${long}n`)).rejects.toMatchObject({ kind: 'NotFound' });
    await expect(getTableInfo(catalog.db, long, `${long}n`)).rejects.toMatchObject({
      kind: 'TableNotFound',
    });
  });
});
