import { routineSchema, type Routine } from '@shared/models/routine';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { extensionOf } from './extension-member';
import { readObjects } from './read-rows';

const routinesQuery = `
  SELECT pg_catalog.json_build_object(
           'oid', p.oid::pg_catalog.int8,
           'schema', n.nspname,
           'name', p.proname,
           'kind', CASE p.prokind
             WHEN 'f' THEN 'function'
             WHEN 'p' THEN 'procedure'
             WHEN 'a' THEN 'aggregate'
             WHEN 'w' THEN 'window function'
           END,
           'arguments', pg_catalog.pg_get_function_arguments(p.oid),
           'identityArguments', pg_catalog.pg_get_function_identity_arguments(p.oid),
           'result', pg_catalog.pg_get_function_result(p.oid),
           'language', l.lanname,
           'owner', pg_catalog.pg_get_userbyid(p.proowner),
           'volatility', CASE p.provolatile
             WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile'
           END,
           'isSecurityDefiner', p.prosecdef,
           'canExecute', COALESCE(
             pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE'),
             false),
           'extension', ${extensionOf('pg_proc', 'p.oid')},
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    ${joinComment('comment', 'pg_proc', 'p.oid')}
   WHERE n.nspname = $1::pg_catalog.text
   ORDER BY p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)`;

/** The functions, procedures and aggregates of a schema, in order of name and arguments. */
export function listRoutines(db: Queryable, schema: string): Promise<Routine[]> {
  return readObjects(db, routineSchema, routinesQuery, [schema]);
}
