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

/** The condition for one relation: $1 is the name of its schema, $2 its own. */
export const namedRelation = `n.nspname = $1::pg_catalog.text
     AND c.relname = $2::pg_catalog.text
     AND ${listedRelationKinds}`;

/** The kind of a relation by the name that tableSchema gives it, from pg_class.relkind. */
export const relationKind = (relkind: string): string => `CASE ${relkind}
    WHEN 'r' THEN 'table'
    WHEN 'p' THEN 'partitioned table'
    WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'materialized view'
    WHEN 'f' THEN 'foreign table'
    WHEN 'S' THEN 'sequence'
  END`;

/**
 * The fields of tableSchema as SQL. `column` names a column of the relation's row in pg_class (`c`), of
 * its schema's (`n`), of its partitioned table's (`parent`, `parent_schema`) or of its comment's
 * (`comment`), the last three by outer join. `canUseSchema` is an expression.
 *
 * reltuples is a float4 and -1 when unknown; as int8 it is written without an exponent. A table of
 * which only some columns may be read counts as readable, since SELECT itself asks no more. Without
 * USAGE on the schema no name in it can be used, whatever the table grants.
 */
export function relationFields(
  column: (path: string) => string,
  canUseSchema: string,
): Record<keyof Table, string> {
  return {
    oid: `${column('c.oid')}::pg_catalog.int8`,
    schema: column('n.nspname'),
    name: column('c.relname'),
    kind: relationKind(column('c.relkind')),
    owner: `pg_catalog.pg_get_userbyid(${column('c.relowner')})`,
    estimatedRows: `CASE
      WHEN ${column('c.relkind')} IN ('r', 'p', 'm', 'f') AND ${column('c.reltuples')} >= '0'
      THEN ${column('c.reltuples')}::pg_catalog.int8::pg_catalog.text
    END`,
    partitionOf: `CASE WHEN ${column('parent.relname')} IS NOT NULL THEN
      pg_catalog.json_build_object(
        'schema', ${column('parent_schema.nspname')}, 'name', ${column('parent.relname')})
    END`,
    canSelect: `COALESCE(
      ${canUseSchema} AND pg_catalog.has_any_column_privilege(${column('c.oid')}, 'SELECT'),
      false)`,
    comment: column('comment.description'),
  };
}

/** A relation as one JSON object. */
export const relationObject = `pg_catalog.json_build_object(
  ${Object.entries(
    relationFields((path) => path, `pg_catalog.has_schema_privilege(n.oid, 'USAGE')`),
  )
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(',\n  ')}
)`;

/** pg_inherits holds inheritance too: only a child that is itself a partition has a partition parent. */
export const relationJoins = `
    LEFT JOIN pg_catalog.pg_inherits inherits
           ON c.relispartition AND inherits.inhrelid = c.oid
    LEFT JOIN pg_catalog.pg_class parent ON parent.oid = inherits.inhparent
    LEFT JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
    ${joinComment('comment', 'pg_class', 'c.oid')}`;
