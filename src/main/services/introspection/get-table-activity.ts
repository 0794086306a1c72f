import { tableActivitySchema, type TableActivity } from '@shared/models/table-activity';
import type { Queryable } from '../../db/statements/queryable';
import { readRelation } from './read-rows';
import { namedRelation } from './relation';

/**
 * Counters that the server has kept since they were reset, and the sizes of the indexes. The
 * functions ask for no right on the relation and give 0 where nothing was counted; a size is NULL for
 * an index that was dropped meanwhile (manual, 27.2 The Cumulative Statistics System).
 */
const activityQuery = `
  SELECT pg_catalog.json_build_object(
           'liveRows', pg_catalog.pg_stat_get_live_tuples(c.oid)::pg_catalog.text,
           'deadRows', pg_catalog.pg_stat_get_dead_tuples(c.oid)::pg_catalog.text,
           'changedSinceAnalyze', pg_catalog.pg_stat_get_mod_since_analyze(c.oid)::pg_catalog.text,
           'lastVacuum', pg_catalog.pg_stat_get_last_vacuum_time(c.oid)::pg_catalog.text,
           'lastAutovacuum', pg_catalog.pg_stat_get_last_autovacuum_time(c.oid)::pg_catalog.text,
           'lastAnalyze', pg_catalog.pg_stat_get_last_analyze_time(c.oid)::pg_catalog.text,
           'lastAutoanalyze', pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)::pg_catalog.text,
           'sequentialScans', pg_catalog.pg_stat_get_numscans(c.oid)::pg_catalog.text,
           'indexes', ARRAY(
             SELECT pg_catalog.json_build_object(
                      'name', ic.relname,
                      'size', pg_catalog.pg_relation_size(ic.oid)::pg_catalog.text,
                      'scans', pg_catalog.pg_stat_get_numscans(ic.oid)::pg_catalog.text)
               FROM pg_catalog.pg_index i
               JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
              WHERE i.indrelid = c.oid
              ORDER BY ic.relname)
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
   WHERE ${namedRelation}`;

/**
 * What the server has counted for a relation and its indexes, vacuum and analyse included. Raises
 * DatabaseError of kind TableNotFound when there is no such relation (any more).
 */
export function getTableActivity(
  db: Queryable,
  schema: string,
  table: string,
): Promise<TableActivity> {
  return readRelation(db, tableActivitySchema, activityQuery, [schema, table]);
}
