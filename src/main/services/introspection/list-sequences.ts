import { sequenceSchema, type Sequence } from '@shared/models/sequence';
import type { Queryable } from '../../db/statements/queryable';
import { catalogOid } from './catalog-oid';
import { readObjects } from './read-rows';

/**
 * pg_sequence_last_value raises an error without a right on the sequence, for a temporary one of
 * another session, and for an unlogged one on a standby: the same guards as in the view pg_sequences.
 * It takes a RowExclusiveLock: a sequence of which another session holds or awaits a lock that
 * conflicts is not asked, so that one ALTER SEQUENCE does not hold up the whole list.
 */
const sequencesQuery = `
  SELECT pg_catalog.json_build_object(
           'schema', n.nspname,
           'name', c.relname,
           'type', pg_catalog.format_type(s.seqtypid, NULL),
           'start', s.seqstart::pg_catalog.text,
           'minimum', s.seqmin::pg_catalog.text,
           'maximum', s.seqmax::pg_catalog.text,
           'increment', s.seqincrement::pg_catalog.text,
           'cache', s.seqcache::pg_catalog.text,
           'cycles', s.seqcycle,
           'lastValue', CASE
             WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE')
              AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
              AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
              AND locked.relation IS NULL
             THEN pg_catalog.pg_sequence_last_value(c.oid)::pg_catalog.text
           END,
           'canRead', COALESCE(
             pg_catalog.has_schema_privilege(n.oid, 'USAGE')
               AND pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE'),
             false),
           'isLocked', locked.relation IS NOT NULL,
           'ownedBy', (
             SELECT pg_catalog.json_build_object(
                      'schema', owner_schema.nspname, 'table', owner.relname, 'column', a.attname)
               FROM pg_catalog.pg_depend d
               JOIN pg_catalog.pg_class owner ON owner.oid = d.refobjid
               JOIN pg_catalog.pg_namespace owner_schema ON owner_schema.oid = owner.relnamespace
               JOIN pg_catalog.pg_attribute a
                 ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
              WHERE d.classid = ${catalogOid('pg_class')}
                AND d.objid = c.oid
                AND d.objsubid = '0'
                AND d.refclassid = ${catalogOid('pg_class')}
                AND d.deptype IN ('a', 'i'))
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
    LEFT JOIN (
      SELECT DISTINCT l.relation
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_database d ON d.oid = l.database
       WHERE d.datname = pg_catalog.current_database()
         AND l.locktype = 'relation'
         AND l.mode IN (
           'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
         AND l.pid <> pg_catalog.pg_backend_pid()
    ) locked ON locked.relation = c.oid
   WHERE n.nspname = $1::pg_catalog.text
   ORDER BY c.relname`;

/** The sequences of a schema with their state, in order of name; the state is of the moment. */
export function listSequences(db: Queryable, schema: string): Promise<Sequence[]> {
  return readObjects(db, sequenceSchema, sequencesQuery, [schema]);
}
