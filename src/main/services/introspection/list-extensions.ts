import { extensionSchema, type Extension } from '@shared/models/extension';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { readObjects } from './read-rows';

const extensionsQuery = `
  SELECT pg_catalog.json_build_object(
           'name', e.extname,
           'version', e.extversion,
           'schema', n.nspname,
           'owner', pg_catalog.pg_get_userbyid(e.extowner),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    ${joinComment('comment', 'pg_extension', 'e.oid')}
   ORDER BY e.extname`;

/** The extensions that are installed in the connected database, in order of name. */
export function listExtensions(db: Queryable): Promise<Extension[]> {
  return readObjects(db, extensionSchema, extensionsQuery);
}
