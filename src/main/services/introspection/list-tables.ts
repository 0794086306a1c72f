import { tableSchema, type Table } from '@shared/models/table';
import { DatabaseError } from '../../db/errors';
import type { Queryable, TextRow } from '../../db/queryable';
import { isTrue, readRows } from './read-rows';
import { listedRelationKinds, relationColumns, relationJoins } from './relation';

/** The parameter is text, not name: a name would be cut at 63 bytes and find another schema. */
const tablesQuery = `
  SELECT ${relationColumns}
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
   WHERE n.nspname = $1::pg_catalog.text
     AND ${listedRelationKinds}
   ORDER BY c.relname`;

const schemaQuery = `SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = $1::pg_catalog.text`;

function convert(row: TextRow): unknown {
  return {
    ...row,
    oid: Number(row['oid']),
    partitionOf: JSON.parse(row['partitionOf'] ?? 'null'),
    canSelect: isTrue(row['canSelect']),
  };
}

/**
 * All relations of a schema in order of name: tables, partitioned tables and partitions, views,
 * materialised views, foreign tables and sequences. Those that the current user may not read are
 * included and marked.
 *
 * Raises DatabaseError of kind NotFound when there is no such schema (any more).
 */
export async function listTables(db: Queryable, schema: string): Promise<Table[]> {
  const tables = await readRows(db, tableSchema, convert, tablesQuery, [schema]);
  if (tables.length === 0 && (await db.query(schemaQuery, [schema])).length === 0) {
    throw new DatabaseError({
      kind: 'NotFound',
      message: `There is no schema "${schema}" in this database (any more).`,
      advice: 'It may have been dropped or renamed: refresh the database.',
      schema,
    });
  }
  return tables;
}
