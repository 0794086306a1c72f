import { schemaSchema, type Schema } from '@shared/models/schema';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { readObjects } from './read-rows';

/** Names that begin with pg_ are kept for the system (manual, CREATE SCHEMA). */
const schemasQuery = `
  SELECT pg_catalog.json_build_object(
           'name', n.nspname,
           'owner', pg_catalog.pg_get_userbyid(n.nspowner),
           'isSystem', n.nspname = 'information_schema'
             OR pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_'),
           'canUse', COALESCE(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    ${joinComment('comment', 'pg_namespace', 'n.oid')}
   ORDER BY n.nspname`;

/**
 * All schemas of the connected database in order of name, those of the system and those without
 * USAGE for the current user included and marked.
 */
export function listSchemas(db: Queryable): Promise<Schema[]> {
  return readObjects(db, schemaSchema, schemasQuery);
}
