import { foreignServerSchema, type ForeignServer } from '@shared/models/foreign-server';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { readObjects } from './read-rows';

const foreignServersQuery = `
  SELECT pg_catalog.json_build_object(
           'name', s.srvname,
           'wrapper', w.fdwname,
           'type', s.srvtype,
           'version', s.srvversion,
           'owner', pg_catalog.pg_get_userbyid(s.srvowner),
           'optionNames', ARRAY(
             SELECT option.option_name FROM pg_catalog.pg_options_to_table(s.srvoptions) option),
           'canUse', COALESCE(pg_catalog.has_server_privilege(s.oid, 'USAGE'), false),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_foreign_server s
    JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
    ${joinComment('comment', 'pg_foreign_server', 's.oid')}
   ORDER BY s.srvname`;

/** The foreign servers of the connected database, in order of name. */
export function listForeignServers(db: Queryable): Promise<ForeignServer[]> {
  return readObjects(db, foreignServerSchema, foreignServersQuery);
}
