import { z } from 'zod';
import { columnCategories } from '@shared/models/table-filter';
import { comparisons } from './sql/relation-shape';

/**
 * Whether column `a` holds no NULL. From PostgreSQL 18 a NOT NULL constraint can be NOT VALID: rows
 * that were there before it may still hold NULLs, although attnotnull is set.
 */
export const isNotNull = `(a.attnotnull AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_constraint unproven
          WHERE unproven.conrelid = a.attrelid AND unproven.contype = 'n'
            AND NOT unproven.convalidated AND a.attnum = ANY (unproven.conkey)))`;

/**
 * Types whose text is no value to come back to. That of regproc and regoper is a name without the types
 * of the arguments, which may stand for several functions or operators (manual, Object Identifier Types).
 * That of pg_node_tree, pg_ndistinct, pg_dependencies and pg_mcv_list is not read at all.
 */
export const unreadableTypes = `'24', '2203', '194', '3361', '3402', '5017'`;

/** The row of pg_type below all domains over the type with an oid, as a row called `alias`. */
const baseType = (oid: string, alias: string): string => `
      LATERAL (
        WITH RECURSIVE domains AS (
          SELECT ${oid} AS type
          UNION ALL
          SELECT outer_type.typbasetype
            FROM domains JOIN pg_catalog.pg_type outer_type ON outer_type.oid = domains.type
           WHERE outer_type.typtype = 'd'
        )
        SELECT below.*
          FROM domains JOIN pg_catalog.pg_type below ON below.oid = domains.type
         WHERE below.typtype <> 'd'
        OFFSET 0
      ) AS ${alias}`;

/**
 * The operator class by which ORDER BY compares values of a row of pg_type: that of the type itself, of
 * the pseudo-type for its kind, or of a type that its values are without a conversion, as a row called
 * `alias` (source, GetDefaultOpClass).
 */
const orderingClass = (type: string, alias: string): string => `
      LATERAL (
        SELECT opc.opcfamily, opc.opcintype
          FROM pg_catalog.pg_opclass opc
          JOIN pg_catalog.pg_am am ON am.oid = opc.opcmethod AND am.amname = 'btree'
          JOIN pg_catalog.pg_type input ON input.oid = opc.opcintype
         WHERE opc.opcdefault
           AND (input.oid = ${type}.oid
             OR (input.typnamespace = '11' AND input.typname = CASE
                  WHEN ${type}.typtype = 'e' THEN 'anyenum'
                  WHEN ${type}.typtype = 'r' THEN 'anyrange'
                  WHEN ${type}.typtype = 'm' THEN 'anymultirange'
                  WHEN ${type}.typtype = 'c' THEN 'record'
                  WHEN ${type}.typcategory = 'A' AND ${type}.typelem <> '0' THEN 'anyarray'
                END)
             OR EXISTS (
                  SELECT FROM pg_catalog.pg_cast binary_cast
                   WHERE binary_cast.castsource = ${type}.oid AND binary_cast.casttarget = input.oid
                     AND binary_cast.castmethod = 'b' AND binary_cast.castcontext = 'i'))
         ORDER BY input.oid <> ${type}.oid, NOT input.typispreferred
         LIMIT 1
      ) AS ${alias}`;

const strategies = `ARRAY[${comparisons.map((comparison) => `'${comparison}'`).join(', ')}]`;

/**
 * The operators of a row of orderingClass as JSON by comparison; NULL where some are missing.
 *
 * They are named with their schema: one that is looked up by its name alone may be another one than
 * that of the order, where the type's own schema is not in the search_path (citext is then compared as
 * text), where somebody has made one for just this type (CVE-2018-1058), or not be found at all (hstore).
 */
const comparisonOperators = (orderingRow: string): string => `(
             SELECT pg_catalog.json_object_agg(
                      (${strategies})[member.amopstrategy::pg_catalog.int4],
                      pg_catalog.format('OPERATOR(%I.%s)', operator_schema.nspname, operator.oprname))
               FROM pg_catalog.pg_amop member
               JOIN pg_catalog.pg_operator operator ON operator.oid = member.amopopr
               JOIN pg_catalog.pg_namespace operator_schema ON operator_schema.oid = operator.oprnamespace
              WHERE member.amopfamily = ${orderingRow}.opcfamily AND member.amoppurpose = 's'
                AND member.amoplefttype = ${orderingRow}.opcintype
                AND member.amoprighttype = ${orderingRow}.opcintype
             HAVING pg_catalog.count(*) = '5')`;

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

/**
 * A composite type has an order only where all its fields do: it is not looked into. A pseudo-type, such
 * as the anyarray of pg_statistic, holds values of any type.
 */
const isSortable = (type: string, orderingRow: string): string =>
  `(${orderingRow}.opcfamily IS NOT NULL AND ${type}.typtype NOT IN ('c', 'p')
      AND ${type}.oid NOT IN (${unreadableTypes}))`;

/** The columns of relation `c` in order of number, as an array of JSON that fits relationColumnSchema. */
export const relationColumns = `ARRAY(
    SELECT pg_catalog.json_build_object(
             'name', a.attname,
             'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
             'castType', ${castType('base.oid')},
             'elementType', CASE
               WHEN element.oid IS NOT NULL THEN ${castType('element.oid')}
               WHEN base.typtype IN ('r', 'm') THEN (
                 SELECT ${castType('range.rngsubtype')}
                   FROM pg_catalog.pg_range range
                  WHERE base.oid IN (range.rngtypid, ${multirangeType}))
             END,
             'category', ${category},
             'nullable', NOT ${isNotNull},
             'isComparable', ${isSortable('base', 'ordering')} AND (
               element.oid IS NULL OR ${isSortable('element', 'element_ordering')}),
             'operators', ${comparisonOperators('ordering')},
             'elementEquals', ${comparisonOperators('element_ordering')} ->> 'equals',
             'hasPatterns', NOT EXISTS (
               SELECT FROM pg_catalog.pg_collation coll
                WHERE coll.oid = a.attcollation AND NOT coll.collisdeterministic),
             'enumLabels', CASE WHEN base.typtype = 'e' THEN ARRAY(
               SELECT label.enumlabel FROM pg_catalog.pg_enum label
                WHERE label.enumtypid = base.oid ORDER BY label.enumsortorder) END,
             'isGenerated', a.attgenerated <> '',
             'isIdentityAlways', a.attidentity = 'a',
             'canSelect', pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
           )
      FROM pg_catalog.pg_attribute a
     CROSS JOIN ${baseType('a.atttypid', 'base')}
      LEFT JOIN ${orderingClass('base', 'ordering')} ON true
      LEFT JOIN ${baseType(`CASE WHEN base.typcategory = 'A' THEN base.typelem END`, 'element')} ON true
      LEFT JOIN ${orderingClass('element', 'element_ordering')} ON true
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attnum
  )`;

/** A column of a relation, whether or not it may be read. */
export const relationColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  castType: z.string(),
  elementType: z.string().nullable(),
  category: z.enum(columnCategories),
  nullable: z.boolean(),
  isComparable: z.boolean(),
  operators: z.record(z.enum(comparisons), z.string()).nullable(),
  elementEquals: z.string().nullable(),
  hasPatterns: z.boolean(),
  enumLabels: z.array(z.string()).nullable(),
  isGenerated: z.boolean(),
  isIdentityAlways: z.boolean(),
  canSelect: z.boolean(),
});
