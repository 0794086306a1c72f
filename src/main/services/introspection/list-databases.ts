import { databaseSchema, type Database } from '@shared/models/database';
import type { Queryable } from '../../db/statements/queryable';
import { catalogOid } from './catalog-oid';
import { readObjects } from './read-rows';

/**
 * A database with a connection limit of -2 was left half-dropped by an interrupted DROP DATABASE and
 * refuses every connection (PostgreSQL 16.0 release notes, DATCONNLIMIT_INVALID_DB).
 */
const databasesQuery = `
  SELECT pg_catalog.json_build_object(
           'name', d.datname,
           'owner', pg_catalog.pg_get_userbyid(d.datdba),
           'encoding', pg_catalog.pg_encoding_to_char(d.encoding),
           'isTemplate', d.datistemplate,
           'canConnect', d.datallowconn AND d.datconnlimit <> -2
             AND COALESCE(pg_catalog.has_database_privilege(d.oid, 'CONNECT'), false),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_database d
    LEFT JOIN pg_catalog.pg_shdescription comment
           ON comment.objoid = d.oid AND comment.classoid = ${catalogOid('pg_database')}
   ORDER BY d.datname`;

/** All databases of the server in order of name, those that refuse the current user included and marked. */
export function listDatabases(db: Queryable): Promise<Database[]> {
  return readObjects(db, databaseSchema, databasesQuery);
}
