import { tableSchema, type Table } from '@shared/models/table';
import { DatabaseError } from '../../db/errors/database-error';
import type { Queryable, TextRow } from '../../db/statements/queryable';
import { isTrue, readRows } from './read-rows';
import { listedRelationKinds, relationFields, relationJoins } from './relation';

/** The columns that are sorted, by the name that they have then. */
const sortedColumns = new Map<string, string>();

const fields = relationFields((path) => {
  const name = path.replace('.', '_');
  // A schema's number stands for its name.
  if (path !== 'n.nspname') sortedColumns.set(name, path);
  return `sorted.${name}`;
}, 'sorted.can_use_schema');

/**
 * What is shown of a relation is computed after the sort: sorted with it, 20,000 relations would not
 * fit into the usual work_mem of 4 MB and be sorted on disk, in three times the time.
 *
 * Schemas are numbered from 1 in the order of the parameter, and their rights looked up once for
 * all of their relations. Their names are text, not name: a name would be cut at 63 bytes and find
 * another schema.
 */
const tablesQuery = `
  SELECT ${Object.entries(fields)
    .filter(([name]) => name !== 'schema')
    .map(([name, sql]) => `${sql} AS "${name}"`)
    .join(',\n  ')},
  sorted.schema_number AS "schemaNumber"
    FROM (
      SELECT ${[...sortedColumns].map(([name, path]) => `${path} AS ${name}`).join(', ')},
             n.schema_number, n.can_use_schema
        FROM (
          SELECT own.oid, asked.schema_number,
                 pg_catalog.has_schema_privilege(own.oid, 'USAGE') AS can_use_schema
            FROM pg_catalog.unnest($1::pg_catalog.text[])
                   WITH ORDINALITY AS asked (name, schema_number)
            JOIN pg_catalog.pg_namespace own ON own.nspname = asked.name
          OFFSET 0
        ) n
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
       WHERE ${listedRelationKinds}
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
  (schemas: readonly string[]) =>
  (row: TextRow): unknown => ({
    oid: Number(row['oid']),
    schema: schemas[Number(row['schemaNumber']) - 1],
    name: row['name'],
    kind: row['kind'],
    owner: row['owner'],
    estimatedRows: row['estimatedRows'],
    partitionOf: row['partitionOf'] == null ? null : JSON.parse(row['partitionOf']),
    canSelect: isTrue(row['canSelect']),
    comment: row['comment'],
  });

/**
 * All relations of several schemas in order of name, in one pass over the catalog: it has no index by
 * schema. Schemas that are not there (any more) have none.
 */
export function listTablesOf(db: Queryable, schemas: readonly string[]): Promise<Table[]> {
  return readRows(db, tableSchema, convertIn(schemas), tablesQuery, [schemas]);
}

/**
 * All relations of a schema in order of name: tables, partitioned tables and partitions, views,
 * materialised views, foreign tables and sequences. Those that the current user may not read are
 * included and marked.
 *
 * Raises DatabaseError of kind NotFound when there is no such schema (any more).
 */
export async function listTables(db: Queryable, schema: string): Promise<Table[]> {
  const tables = await listTablesOf(db, [schema]);
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
