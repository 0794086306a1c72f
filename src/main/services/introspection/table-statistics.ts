import { columnNames } from './column-names';

/**
 * The extended statistics objects on relation `c` in order of name, as an array of JSON that fits
 * statisticsObjectSchema. stxkind has 'e' besides where there are expressions: a kind that nobody asks
 * for by name, and whose expressions `definition` has.
 */
export const tableStatistics = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'schema', statistics_schema.nspname,
           'name', s.stxname,
           'kinds', ARRAY(
             SELECT CASE kind.letter
                      WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv'
                    END
               FROM pg_catalog.unnest(s.stxkind) WITH ORDINALITY AS kind (letter, position)
              WHERE kind.letter <> 'e'
              ORDER BY kind.position),
           'columns', ${columnNames('s.stxrelid', 's.stxkeys::pg_catalog.int2[]')},
           'expressions', COALESCE(pg_catalog.pg_get_statisticsobjdef_expressions(s.oid), '{}'),
           'owner', pg_catalog.pg_get_userbyid(s.stxowner),
           'definition', pg_catalog.pg_get_statisticsobjdef(s.oid))
    FROM pg_catalog.pg_statistic_ext s
    JOIN pg_catalog.pg_namespace statistics_schema ON statistics_schema.oid = s.stxnamespace
   WHERE s.stxrelid = c.oid
   ORDER BY s.stxname, statistics_schema.nspname
)`;
