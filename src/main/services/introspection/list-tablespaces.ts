import { tablespaceSchema, type Tablespace } from '@shared/models/tablespace';
import type { Queryable } from '../../db/statements/queryable';
import { catalogOid } from './catalog-oid';
import { readObjects } from './read-rows';

/** pg_tablespace_location gives an empty text for the two of the data directory. */
const tablespacesQuery = `
  SELECT pg_catalog.json_build_object(
           'name', s.spcname,
           'owner', pg_catalog.pg_get_userbyid(s.spcowner),
           'location', CASE WHEN pg_catalog.pg_tablespace_location(s.oid) <> ''
             THEN pg_catalog.pg_tablespace_location(s.oid) END,
           'options', COALESCE(s.spcoptions, '{}'),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_tablespace s
    LEFT JOIN pg_catalog.pg_shdescription comment
           ON comment.objoid = s.oid AND comment.classoid = ${catalogOid('pg_tablespace')}
   ORDER BY s.spcname`;

/** The tablespaces of the server, in order of name. */
export function listTablespaces(db: Queryable): Promise<Tablespace[]> {
  return readObjects(db, tablespaceSchema, tablespacesQuery);
}
