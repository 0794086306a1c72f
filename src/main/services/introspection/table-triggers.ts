import { joinComment } from './comment';
import { firing } from './firing';

/**
 * That trigger `t` was made by somebody, not by the server to carry out a foreign key or a
 * deferrable constraint. Until PostgreSQL 14 a partition's copy of its parent's trigger is marked
 * internal too; it is told from a constraint's trigger by the constraint.
 */
const isUserTrigger = `(NOT t.tgisinternal
       OR t.tgparentid <> '0' AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_constraint con
          WHERE con.oid = t.tgconstraint AND con.contype <> 't'))`;

/**
 * The triggers of relation `c` in order of name (in which they fire), as an array of JSON.
 * Enabled means that it fires in a normal session: neither DISABLE nor ENABLE REPLICA (manual,
 * ALTER TABLE).
 */
export const tableTriggers = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', t.tgname,
           'definition', pg_catalog.pg_get_triggerdef(t.oid, true),
           'enabled', t.tgenabled IN ('O', 'A'))
    FROM pg_catalog.pg_trigger t
   WHERE t.tgrelid = c.oid AND ${isUserTrigger}
   ORDER BY t.tgname
)`;

/**
 * The same triggers in detail, as an array of JSON that fits triggerSchema. tgtype is a set of bits
 * (PostgreSQL source, src/include/catalog/pg_trigger.h).
 */
export const tableTriggerDetails = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', t.tgname,
           'timing', CASE
             WHEN t.tgtype & '2' <> '0' THEN 'before'
             WHEN t.tgtype & '64' <> '0' THEN 'instead of'
             ELSE 'after'
           END,
           'events', pg_catalog.array_remove(ARRAY[
             CASE WHEN t.tgtype & '4' <> '0' THEN 'insert' END,
             CASE WHEN t.tgtype & '16' <> '0' THEN 'update' END,
             CASE WHEN t.tgtype & '8' <> '0' THEN 'delete' END,
             CASE WHEN t.tgtype & '32' <> '0' THEN 'truncate' END
           ], NULL),
           'level', CASE WHEN t.tgtype & '1' <> '0' THEN 'row' ELSE 'statement' END,
           'function', pg_catalog.json_build_object(
             'schema', function_schema.nspname, 'name', function.proname),
           'isInherited', t.tgparentid <> '0',
           'firing', ${firing('t.tgenabled')},
           'definition', pg_catalog.pg_get_triggerdef(t.oid, true),
           'comment', comment.description)
    FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_proc function ON function.oid = t.tgfoid
    JOIN pg_catalog.pg_namespace function_schema ON function_schema.oid = function.pronamespace
    ${joinComment('comment', 'pg_trigger', 't.oid')}
   WHERE t.tgrelid = c.oid AND ${isUserTrigger}
   ORDER BY t.tgname
)`;
