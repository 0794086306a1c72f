import { schemaSchema, type Schema } from '@shared/models/schema';
import type { Queryable } from '../../db/queryable';
import { joinComment } from './comment';
import { isTrue, readRows } from './read-rows';

/** Names that begin with pg_ are kept for the system (manual, CREATE SCHEMA). */
const schemasQuery = `
  SELECT n.nspname AS "name",
         pg_catalog.pg_get_userbyid(n.nspowner) AS "owner",
         n.nspname = 'information_schema'
           OR pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_') AS "isSystem",
         COALESCE(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false) AS "canUse",
         comment.description AS "comment"
    FROM pg_catalog.pg_namespace n
    ${joinComment('comment', 'pg_namespace', 'n.oid')}
   ORDER BY n.nspname`;

/**
 * All schemas of the connected database in order of name, those of the system and those without
 * USAGE for the current user included and marked.
 */
export function listSchemas(db: Queryable): Promise<Schema[]> {
  return readRows(
    db,
    schemaSchema,
    (row) => ({ ...row, isSystem: isTrue(row['isSystem']), canUse: isTrue(row['canUse']) }),
    schemasQuery,
  );
}
