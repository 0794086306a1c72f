/** The direct partitions of relation `c` in order of name, with their bounds, as an array of JSON. */
export const tablePartitions = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'schema', part_schema.nspname,
           'name', part.relname,
           'bound', pg_catalog.pg_get_expr(part.relpartbound, part.oid))
    FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class part ON part.oid = i.inhrelid AND part.relispartition
    JOIN pg_catalog.pg_namespace part_schema ON part_schema.oid = part.relnamespace
   WHERE i.inhparent = c.oid
   ORDER BY part.relname, part_schema.nspname
)`;
