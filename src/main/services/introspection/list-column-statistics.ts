import { columnStatisticsSchema, type ColumnStatistics } from '@shared/models/table-activity';
import type { Queryable } from '../../db/statements/queryable';
import { readObjects } from './read-rows';

/**
 * pg_stats shows only columns that the current user may read, and none where row security hides rows.
 * Its numbers are float4, told as the server writes them. The values have the pseudo-type anyarray:
 * as text they are written by the output function of their own type. Ten values of at most 200
 * characters say what a column holds; a column may have 10,000 of any length.
 */
const columnStatisticsQuery = `
  SELECT pg_catalog.json_build_object(
           'column', s.attname,
           'includesChildren', s.inherited,
           'nullFraction', s.null_frac::pg_catalog.text,
           'distinct', s.n_distinct::pg_catalog.text,
           'averageWidth', s.avg_width,
           'correlation', s.correlation::pg_catalog.text,
           'mostCommon', ARRAY(
             SELECT pg_catalog.json_build_object(
                      'value', pg_catalog.left(common.value, 200),
                      'frequency', common.frequency::pg_catalog.text)
               FROM ROWS FROM (
                      pg_catalog.unnest(s.most_common_vals::pg_catalog.text::pg_catalog.text[]),
                      pg_catalog.unnest(s.most_common_freqs)
                    ) WITH ORDINALITY AS common (value, frequency, position)
              WHERE common.position <= '10'
              ORDER BY common.position)
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_stats s
    JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
   WHERE s.schemaname::pg_catalog.text = $1::pg_catalog.text
     AND s.tablename::pg_catalog.text = $2::pg_catalog.text
   ORDER BY a.attnum, s.inherited`;

/** What the planner knows of the columns of a relation, in their order; none before the first ANALYZE. */
export function listColumnStatistics(
  db: Queryable,
  schema: string,
  table: string,
): Promise<ColumnStatistics[]> {
  return readObjects(db, columnStatisticsSchema, columnStatisticsQuery, [schema, table]);
}
