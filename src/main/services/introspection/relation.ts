import type { Table } from '@shared/models/table';
import { joinComment } from './comment';

/*
 * What the queries on relations share. In all of them `c` is the relation's row in pg_class and `n`
 * its schema's in pg_namespace.
 *
 * Every function, type and catalog in the queries of this folder is qualified, and every operator
 * has operands for which pg_catalog has the operator itself: where an operand had to be converted,
 * as in "oid = 0", an operator that somebody made in a schema of the search_path for just these types
 * would be preferred, and would run with the rights of whoever looks (CVE-2018-1058). A quoted '0'
 * takes the other operand's type.
 */

/** The values of pg_class.relkind that are listed: no indexes, TOAST tables and composite types. */
export const listedRelationKinds = `c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;

/** The kind of a relation by the name that tableSchema gives it. */
export const relationKind = `CASE c.relkind
    WHEN 'r' THEN 'table'
    WHEN 'p' THEN 'partitioned table'
    WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'materialized view'
    WHEN 'f' THEN 'foreign table'
    WHEN 'S' THEN 'sequence'
  END`;

/**
 * The fields of tableSchema as SQL, where `parent` and `parent_schema` are the partitioned table's
 * rows and `comment` is the relation's row in pg_description, all three by outer join.
 *
 * reltuples is a float4 and -1 when unknown; as int8 it is written without an exponent. A table of
 * which only some columns may be read counts as readable, since SELECT itself asks no more. Without
 * USAGE on the schema no name in it can be used, whatever the table grants.
 */
const relationFields = {
  oid: 'c.oid::pg_catalog.int8',
  schema: 'n.nspname',
  name: 'c.relname',
  kind: relationKind,
  owner: 'pg_catalog.pg_get_userbyid(c.relowner)',
  estimatedRows: `CASE
    WHEN c.relkind IN ('r', 'p', 'm', 'f') AND c.reltuples >= '0'
    THEN c.reltuples::pg_catalog.int8::pg_catalog.text
  END`,
  partitionOf: `CASE WHEN parent.oid IS NOT NULL THEN
    pg_catalog.json_build_object('schema', parent_schema.nspname, 'name', parent.relname)
  END`,
  canSelect: `COALESCE(
    pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT'),
    false)`,
  comment: 'comment.description',
} as const satisfies Record<keyof Table, string>;

/** A relation as one JSON object. */
export const relationObject = `pg_catalog.json_build_object(
  ${Object.entries(relationFields)
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(',\n  ')}
)`;

/** A relation as columns, `partitionOf` among them as JSON; for lists. */
export const relationColumns = Object.entries(relationFields)
  .map(([name, sql]) => `${sql} AS "${name}"`)
  .join(',\n  ');

/** pg_inherits holds inheritance too: only a child that is itself a partition has a partition parent. */
export const relationJoins = `
    LEFT JOIN pg_catalog.pg_inherits inherits
           ON c.relispartition AND inherits.inhrelid = c.oid
    LEFT JOIN pg_catalog.pg_class parent ON parent.oid = inherits.inhparent
    LEFT JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
    ${joinComment('comment', 'pg_class', 'c.oid')}`;
