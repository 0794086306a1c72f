import { z } from 'zod';
import { relationNameSchema, type RelationName } from '@shared/models/table-data';
import { foreignKeySchema, relationKindSchema } from '@shared/models/table';
import { columnCategories } from '@shared/models/table-filter';
import { DatabaseError } from '../../db/errors/database-error';
import type { Queryable } from '../../db/statements/queryable';
import { defaultLockTimeoutMs, explainLock, withLockLimit } from '../introspection/lock-limit';
import { readObjects } from '../introspection/read-rows';
import { listedRelationKinds, relationKind } from '../introspection/relation';
import { relationGone } from '../introspection/relation-gone';
import { tableForeignKeys, tableReferencedBy } from '../introspection/table-foreign-keys';
import type { RelationShape } from './sql/relation-shape';

/** The type of column `a` below all domains, as a row of pg_type. */
const baseType = `
    CROSS JOIN LATERAL (
      WITH RECURSIVE domains AS (
        SELECT a.atttypid AS type
        UNION ALL
        SELECT outer_type.typbasetype
          FROM domains JOIN pg_catalog.pg_type outer_type ON outer_type.oid = domains.type
         WHERE outer_type.typtype = 'd'
      )
      SELECT base.*
        FROM domains JOIN pg_catalog.pg_type base ON base.oid = domains.type
       WHERE base.typtype <> 'd'
      OFFSET 0
    ) AS base`;

/** Whether values of a type have an order: by an operator class of its own or of what it coerces to. */
const isComparable = (type: string): string => `(
      EXISTS (
        SELECT FROM pg_catalog.pg_opclass opc
          JOIN pg_catalog.pg_am am ON am.oid = opc.opcmethod
         WHERE am.amname = 'btree' AND opc.opcdefault
           AND (opc.opcintype = ${type} OR EXISTS (
             SELECT FROM pg_catalog.pg_cast binary_cast
              WHERE binary_cast.castsource = ${type} AND binary_cast.casttarget = opc.opcintype
                AND binary_cast.castmethod = 'b' AND binary_cast.castcontext = 'i'))))`;

const category = `CASE
           WHEN base.typcategory = 'S' OR base.typname = 'citext' THEN 'text'
           WHEN base.typcategory = 'N' THEN 'number'
           WHEN base.typcategory = 'B' THEN 'boolean'
           WHEN base.typcategory IN ('D', 'T') THEN 'time'
           WHEN base.typcategory = 'A' THEN 'array'
           WHEN base.typcategory = 'R' THEN 'range'
           WHEN base.oid IN ('114', '3802') THEN 'json'
           ELSE 'other'
         END`;

/**
 * format_type with modifier -1 instead of NULL: a type written without its modifier then means just
 * that, bpchar rather than character, which is character(1) (manual, 9.27.4).
 */
const castType = (type: string): string => `pg_catalog.format_type(${type}, -1)`;

/** pg_range.rngmultitypid, which servers before version 14 do not have. */
const multirangeType = `(pg_catalog.to_jsonb(range) ->> 'rngmultitypid')::pg_catalog.oid`;

const columns = `ARRAY(
    SELECT pg_catalog.json_build_object(
             'name', a.attname,
             'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
             'castType', ${castType('base.oid')},
             'elementType', CASE
               WHEN base.typcategory = 'A' AND base.typelem <> '0' THEN ${castType('base.typelem')}
               WHEN base.typtype IN ('r', 'm') THEN (
                 SELECT ${castType('range.rngsubtype')}
                   FROM pg_catalog.pg_range range
                  WHERE base.oid IN (range.rngtypid, ${multirangeType}))
             END,
             'category', ${category},
             'nullable', NOT a.attnotnull,
             'isComparable', base.typtype IN ('e', 'r', 'm') OR CASE
               WHEN base.typcategory = 'A' AND base.typelem <> '0' THEN
                 (SELECT element.typtype IN ('e', 'r', 'm', 'd') FROM pg_catalog.pg_type element
                   WHERE element.oid = base.typelem) OR ${isComparable('base.typelem')}
               ELSE ${isComparable('base.oid')}
             END,
             'enumLabels', CASE WHEN base.typtype = 'e' THEN ARRAY(
               SELECT label.enumlabel FROM pg_catalog.pg_enum label
                WHERE label.enumtypid = base.oid ORDER BY label.enumsortorder) END,
             'canSelect', pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
           )
      FROM pg_catalog.pg_attribute a${baseType}
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attnum
  )`;

/**
 * The unique indexes that identify a row, the primary key first and then those with fewer columns:
 * checked at once, complete, over columns without NULLs, and with the type's own notion of equality
 * and the column's own collation, without which the index does not give the order of the rows.
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
          WHERE NOT a.attnotnull OR NOT opc.opcdefault
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
           'columns', ${columns},
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

const columnModel = z.object({
  name: z.string(),
  type: z.string(),
  castType: z.string(),
  elementType: z.string().nullable(),
  category: z.enum(columnCategories),
  nullable: z.boolean(),
  isComparable: z.boolean(),
  enumLabels: z.array(z.string()).nullable(),
  canSelect: z.boolean(),
});

const relationModel = z.object({
  oid: z.number().int(),
  relation: relationNameSchema,
  kind: relationKindSchema,
  hasHeap: z.boolean(),
  hasChildren: z.boolean(),
  canSelectAll: z.boolean(),
  columns: z.array(columnModel),
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
    [found] = await readObjects(db, relationModel, describeQuery, values);
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
