import { databaseSchema, type Database } from '@shared/models/database';
import type { Queryable } from '../../db/queryable';
import { catalogOid } from './catalog-oid';
import { isTrue, readRows } from './read-rows';

/**
 * A database with a connection limit of -2 was left half-dropped by an interrupted DROP DATABASE and
 * refuses every connection (PostgreSQL 16.0 release notes, DATCONNLIMIT_INVALID_DB).
 */
const databasesQuery = `
  SELECT d.datname AS "name",
         pg_catalog.pg_get_userbyid(d.datdba) AS "owner",
         pg_catalog.pg_encoding_to_char(d.encoding) AS "encoding",
         d.datistemplate AS "isTemplate",
         d.datallowconn AND d.datconnlimit <> -2
           AND COALESCE(pg_catalog.has_database_privilege(d.oid, 'CONNECT'), false) AS "canConnect",
         comment.description AS "comment"
    FROM pg_catalog.pg_database d
    LEFT JOIN pg_catalog.pg_shdescription comment
           ON comment.objoid = d.oid AND comment.classoid = ${catalogOid('pg_database')}
   ORDER BY d.datname`;

/** All databases of the server in order of name, those that refuse the current user included and marked. */
export function listDatabases(db: Queryable): Promise<Database[]> {
  return readRows(
    db,
    databaseSchema,
    (row) => ({
      ...row,
      isTemplate: isTrue(row['isTemplate']),
      canConnect: isTrue(row['canConnect']),
    }),
    databasesQuery,
  );
}
