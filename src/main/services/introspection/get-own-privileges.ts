import { ownPrivilegesSchema, type OwnPrivileges } from '@shared/models/own-privileges';
import type { Queryable } from '../../db/statements/queryable';
import { readRelation } from './read-rows';
import { namedRelation } from './relation';

/** MAINTAIN is known from PostgreSQL 17; asking an older server for it is an error. */
const relationRights = `CASE
    WHEN c.relkind = 'S' THEN ARRAY['USAGE', 'SELECT', 'UPDATE']
    WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 170000
    THEN ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']
    ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']
  END`;

const hasRight = `CASE WHEN c.relkind = 'S'
    THEN pg_catalog.has_sequence_privilege(c.oid, held.name)
    ELSE pg_catalog.has_table_privilege(c.oid, held.name)
  END`;

/** A right on the relation holds for all its columns: only a column that has more is told. */
const ownPrivilegesQuery = `
  SELECT pg_catalog.json_build_object(
           'canUseSchema', COALESCE(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false),
           'relation', ARRAY(
             SELECT held.name
               FROM pg_catalog.unnest(${relationRights}) WITH ORDINALITY AS held (name, position)
              WHERE ${hasRight}
              ORDER BY held.position),
           'columns', ARRAY(
             SELECT pg_catalog.json_build_object('name', own.attname, 'privileges', own.privileges)
               FROM (
                 SELECT a.attname, a.attnum, ARRAY(
                          SELECT held.name
                            FROM pg_catalog.unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'])
                                   WITH ORDINALITY AS held (name, position)
                           WHERE pg_catalog.has_column_privilege(c.oid, a.attnum, held.name)
                             AND NOT pg_catalog.has_table_privilege(c.oid, held.name)
                           ORDER BY held.position) AS privileges
                   FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    AND c.relkind <> 'S'
               ) own
              WHERE pg_catalog.cardinality(own.privileges) > 0
              ORDER BY own.attnum)
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
   WHERE ${namedRelation}`;

/**
 * What the current user may do with a relation, and with single columns of it beyond that. Raises
 * DatabaseError of kind TableNotFound when there is no such relation (any more).
 */
export function getOwnPrivileges(
  db: Queryable,
  schema: string,
  table: string,
): Promise<OwnPrivileges> {
  return readRelation(db, ownPrivilegesSchema, ownPrivilegesQuery, [schema, table]);
}
