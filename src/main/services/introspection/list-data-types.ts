import { dataTypeSchema, type DataType } from '@shared/models/data-type';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { extensionOf } from './extension-member';
import { readObjects } from './read-rows';

const routine = (column: string): string => `CASE WHEN ${column}::pg_catalog.oid <> '0'
    THEN ${column}::pg_catalog.oid::pg_catalog.regproc::pg_catalog.text END`;

/** What of range type `r` is not what CREATE TYPE would choose (manual, CREATE TYPE, Range Types). */
const rangeOptions = `ARRAY(
  SELECT pg_catalog.json_build_array(option.name, option.value)
    FROM (VALUES
      ('SUBTYPE_OPCLASS', (
        SELECT pg_catalog.format('%I.%I', class_schema.nspname, opc.opcname)
          FROM pg_catalog.pg_opclass opc
          JOIN pg_catalog.pg_namespace class_schema ON class_schema.oid = opc.opcnamespace
         WHERE opc.oid = r.rngsubopc AND NOT opc.opcdefault)),
      ('COLLATION', (
        SELECT r.rngcollation::pg_catalog.regcollation::pg_catalog.text
          FROM pg_catalog.pg_type subtype
         WHERE subtype.oid = r.rngsubtype AND r.rngcollation <> '0'
           AND r.rngcollation <> subtype.typcollation)),
      ('CANONICAL', ${routine('r.rngcanonical')}),
      ('SUBTYPE_DIFF', ${routine('r.rngsubdiff')})) AS option (name, value)
   WHERE option.value IS NOT NULL)`;

/** The keys of kinds that do not have them are null; the model of the kind leaves them out. */
const dataTypesQuery = `
  SELECT pg_catalog.json_build_object(
           'oid', t.oid::pg_catalog.int8,
           'schema', n.nspname,
           'name', t.typname,
           'kind', CASE t.typtype
             WHEN 'e' THEN 'enum'
             WHEN 'c' THEN 'composite'
             WHEN 'd' THEN 'domain'
             WHEN 'r' THEN 'range'
             ELSE 'base'
           END,
           'owner', pg_catalog.pg_get_userbyid(t.typowner),
           'labels', CASE WHEN t.typtype = 'e' THEN ARRAY(
             SELECT e.enumlabel FROM pg_catalog.pg_enum e
              WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END,
           'attributes', CASE WHEN t.typtype = 'c' THEN ARRAY(
             SELECT pg_catalog.json_build_object(
                      'name', a.attname,
                      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                      'collation', CASE
                        WHEN a.attcollation <> '0' AND a.attcollation <> attribute_type.typcollation
                        THEN a.attcollation::pg_catalog.regcollation::pg_catalog.text END)
               FROM pg_catalog.pg_attribute a
               JOIN pg_catalog.pg_type attribute_type ON attribute_type.oid = a.atttypid
              WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
              ORDER BY a.attnum) END,
           'baseType', CASE WHEN t.typtype = 'd'
             THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
           'nullable', NOT t.typnotnull,
           'collation', CASE WHEN t.typtype = 'd' AND t.typcollation <> '0' AND t.typcollation <> (
               SELECT below.typcollation FROM pg_catalog.pg_type below WHERE below.oid = t.typbasetype)
             THEN t.typcollation::pg_catalog.regcollation::pg_catalog.text END,
           'default', COALESCE(pg_catalog.pg_get_expr(t.typdefaultbin, '0'), t.typdefault),
           'checks', CASE WHEN t.typtype = 'd' THEN ARRAY(
             SELECT pg_catalog.json_build_object(
                      'name', con.conname,
                      'definition', pg_catalog.pg_get_constraintdef(con.oid, true))
               FROM pg_catalog.pg_constraint con
              WHERE con.contypid = t.oid AND con.contype = 'c'
              ORDER BY con.conname) END,
           'subtype', pg_catalog.format_type(r.rngsubtype, NULL),
           'multirange', pg_catalog.format_type(r.rngmultitypid, NULL),
           'options', CASE WHEN t.typtype = 'r' THEN ${rangeOptions} END,
           'extension', ${extensionOf('pg_type', 't.oid')},
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_type t ON t.typnamespace = n.oid
    LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    LEFT JOIN pg_catalog.pg_type element ON element.oid = t.typelem
    ${joinComment('comment', 'pg_type', 't.oid')}
   WHERE n.nspname = $1::pg_catalog.text
     AND t.typtype IN ('e', 'c', 'd', 'r', 'b')
     AND (t.typrelid = '0' OR c.relkind = 'c')
     AND (element.oid IS NULL OR element.typarray <> t.oid)
   ORDER BY t.typname`;

/** The types of a schema that somebody made as such, in order of name. */
export function listDataTypes(db: Queryable, schema: string): Promise<DataType[]> {
  return readObjects(db, dataTypeSchema, dataTypesQuery, [schema]);
}
