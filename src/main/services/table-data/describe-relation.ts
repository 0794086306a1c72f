import { z } from 'zod';
import { relationNameSchema, type RelationName } from '@shared/models/table-data';
import { foreignKeySchema, relationKindSchema } from '@shared/models/table';
import { DatabaseError } from '../../db/errors/database-error';
import type { Queryable } from '../../db/statements/queryable';
import { defaultLockTimeoutMs, explainLock, withLockLimit } from '../introspection/lock-limit';
import { readObjects } from '../introspection/read-rows';
import { listedRelationKinds, relationKind } from '../introspection/relation';
import { relationGone } from '../introspection/relation-gone';
import { tableForeignKeys, tableReferencedBy } from '../introspection/table-foreign-keys';
import {
  unreadableTypes,
  isNotNull,
  relationColumnSchema,
  relationColumns,
} from './relation-columns';
import type { RelationShape } from './sql/relation-shape';

/**
 * The unique indexes that identify a row, the primary key first and then those with fewer columns:
 * checked at once, complete, over columns without NULLs whose values can be found by their text, and
 * with the type's own notion of equality and the column's own collation, without which the index does
 * not give the order of the rows.
 * indoption holds the direction: bit 0 is DESC (source, access/amapi.h and catalog/pg_index.h).
 */
const keys = `ARRAY(
    SELECT pg_catalog.json_build_object('columns', ARRAY(
             SELECT pg_catalog.json_build_object(
                      'column', a.attname,
                      'descending', (i.indoption::pg_catalog.int2[])[part.position::pg_catalog.int4 - 1] & 1::pg_catalog.int2 = 1)
               FROM pg_catalog.generate_series(1, i.indnkeyatts::pg_catalog.int4) AS part (position)
               JOIN pg_catalog.pg_attribute a
                 ON a.attrelid = c.oid
                AND a.attnum = (i.indkey::pg_catalog.int2[])[part.position::pg_catalog.int4 - 1]
              ORDER BY part.position))
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
      JOIN pg_catalog.pg_am am ON am.oid = ic.relam
     WHERE i.indrelid = c.oid AND am.amname = 'btree'
       AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL
       AND i.indexprs IS NULL
       AND NOT EXISTS (
         SELECT FROM pg_catalog.generate_series(1, i.indnkeyatts::pg_catalog.int4) AS part (position)
           JOIN pg_catalog.pg_attribute a
             ON a.attrelid = c.oid
            AND a.attnum = (i.indkey::pg_catalog.int2[])[part.position::pg_catalog.int4 - 1]
           JOIN pg_catalog.pg_opclass opc
             ON opc.oid = (i.indclass::pg_catalog.oid[])[part.position::pg_catalog.int4 - 1]
          WHERE NOT ${isNotNull} OR NOT opc.opcdefault OR a.atttypid IN (${unreadableTypes})
             OR (i.indcollation::pg_catalog.oid[])[part.position::pg_catalog.int4 - 1] <> a.attcollation)
     ORDER BY i.indisprimary DESC, i.indnkeyatts, ic.relname
  )`;

const describeQuery = `
  ${withLockLimit('$3::pg_catalog.text')}
  SELECT pg_catalog.json_build_object(
           'oid', c.oid::pg_catalog.int8,
           'relation', pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname),
           'kind', ${relationKind('c.relkind')},
           'hasHeap', c.relkind IN ('r', 'm'),
           'hasChildren', c.relkind = 'r' AND EXISTS (
             SELECT FROM pg_catalog.pg_inherits child WHERE child.inhparent = c.oid),
           'canSelectAll', pg_catalog.has_table_privilege(c.oid, 'SELECT'),
           'columns', ${relationColumns},
           'keys', ${keys},
           'foreignKeys', ${tableForeignKeys},
           'referencedBy', ${tableReferencedBy}
         )::pg_catalog.text AS object
    FROM lock_limit
   CROSS JOIN pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
   WHERE n.nspname = $1::pg_catalog.text
     AND c.relname = $2::pg_catalog.text
     AND ${listedRelationKinds}`;

const relationModel = z.object({
  oid: z.number().int(),
  relation: relationNameSchema,
  kind: relationKindSchema,
  hasHeap: z.boolean(),
  hasChildren: z.boolean(),
  canSelectAll: z.boolean(),
  columns: z.array(relationColumnSchema),
  keys: z.array(
    z.object({ columns: z.array(z.object({ column: z.string(), descending: z.boolean() })) }),
  ),
  foreignKeys: z.array(foreignKeySchema),
  referencedBy: z.array(foreignKeySchema),
});

/**
 * What is needed to show a relation's rows: its columns as far as the current user may read them, how
 * its rows can be paged, and its foreign keys on both sides.
 *
 * Raises DatabaseError of kind TableNotFound when there is no such relation (any more), of kind
 * PermissionDenied when none of its columns may be read, of kind LockNotAvailable when another
 * session has locked it exclusively.
 */
export async function describeRelation(
  db: Queryable,
  { schema, name }: RelationName,
): Promise<RelationShape> {
  const values = [schema, name, String(defaultLockTimeoutMs)];
  let found: z.output<typeof relationModel> | undefined;
  try {
    // The server takes several times as long to plan it as to run it.
    const options = { isRepeated: true };
    [found] = await readObjects(db, relationModel, describeQuery, values, options);
  } catch (error) {
    throw explainLock(error);
  }
  if (found === undefined) throw relationGone(schema, name);
  return toShape(found);
}

function toShape(found: z.output<typeof relationModel>): RelationShape {
  const { oid, relation, kind, foreignKeys, referencedBy } = found;
  const columns = found.columns.filter(({ canSelect }) => canSelect);
  if (columns.length === 0 && !found.canSelectAll) {
    throw new DatabaseError({
      kind: 'PermissionDenied',
      message: `You may not read "${relation.name}".`,
      advice: 'Ask its owner for SELECT on it.',
      schema: relation.schema,
      table: relation.name,
    });
  }
  const readable = new Set(columns.map(({ name }) => name));
  // A key of an inheritance parent holds for each of its children alone, not for all rows together.
  const key = found.hasChildren
    ? undefined
    : found.keys.find((candidate) => candidate.columns.every(({ column }) => readable.has(column)));
  const hasPlaces = found.hasHeap && !found.hasChildren && found.canSelectAll;
  return {
    oid,
    relation,
    kind,
    paging: key ? 'key' : hasPlaces ? 'storage' : 'stream',
    key: key?.columns ?? [],
    columns: columns.map(({ canSelect: _canSelect, ...column }) => column),
    hiddenColumns: found.columns.filter(({ canSelect }) => !canSelect).map(({ name }) => name),
    foreignKeys,
    referencedBy,
  };
}
