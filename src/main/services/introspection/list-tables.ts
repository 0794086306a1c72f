import { tableSchema, type Table } from '@shared/models/table';
import { DatabaseError } from '../../db/errors';
import type { Queryable, TextRow } from '../../db/queryable';
import { isTrue, readRows } from './read-rows';
import { listedRelationKinds, relationFields, relationJoins } from './relation';

/** The columns that are sorted, by the name that they have then. */
const sortedColumns = new Map<string, string>();

const fields = relationFields(
  (path) => {
    const name = path.replace('.', '_');
    sortedColumns.set(name, path);
    return `sorted.${name}`;
  },
  // Once for all relations, as it does not depend on their rows.
  `(SELECT pg_catalog.has_schema_privilege(own.oid, 'USAGE')
      FROM pg_catalog.pg_namespace own WHERE own.nspname = $1::pg_catalog.text)`,
);

/**
 * What is shown of a relation is computed after the sort: sorted with it, 20,000 relations would not
 * fit into the usual work_mem of 4 MB and be sorted on disk, in three times the time.
 *
 * The parameter is text, not name: a name would be cut at 63 bytes and find another schema.
 */
const tablesQuery = `
  SELECT ${Object.entries(fields)
    .filter(([name]) => name !== 'schema')
    .map(([name, sql]) => `${sql} AS "${name}"`)
    .join(',\n  ')}
    FROM (
      SELECT ${[...sortedColumns].map(([name, path]) => `${path} AS ${name}`).join(', ')}
        FROM pg_catalog.pg_namespace n
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
       WHERE n.nspname = $1::pg_catalog.text
         AND ${listedRelationKinds}
       ORDER BY c.relname
      OFFSET 0
    ) sorted
   ORDER BY sorted.c_relname`;

const schemaQuery = `SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = $1::pg_catalog.text`;

/**
 * Field by field: objects that are spread from rows have no shape in common, and take ten times as
 * long to check and to send.
 */
const convertIn =
  (schema: string) =>
  (row: TextRow): unknown => ({
    oid: Number(row['oid']),
    schema,
    name: row['name'],
    kind: row['kind'],
    owner: row['owner'],
    estimatedRows: row['estimatedRows'],
    partitionOf: row['partitionOf'] == null ? null : JSON.parse(row['partitionOf']),
    canSelect: isTrue(row['canSelect']),
    comment: row['comment'],
  });

/**
 * All relations of a schema in order of name: tables, partitioned tables and partitions, views,
 * materialised views, foreign tables and sequences. Those that the current user may not read are
 * included and marked.
 *
 * Raises DatabaseError of kind NotFound when there is no such schema (any more).
 */
export async function listTables(db: Queryable, schema: string): Promise<Table[]> {
  const tables = await readRows(db, tableSchema, convertIn(schema), tablesQuery, [schema]);
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
