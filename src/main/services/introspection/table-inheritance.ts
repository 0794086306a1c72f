/** The tables that relation `c` inherits from, in order of inheritance, as an array of JSON. */
export const tableInheritsFrom = `ARRAY(
  SELECT pg_catalog.json_build_object('schema', base_schema.nspname, 'name', base.relname)
    FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class base ON base.oid = i.inhparent
    JOIN pg_catalog.pg_namespace base_schema ON base_schema.oid = base.relnamespace
   WHERE i.inhrelid = c.oid AND NOT c.relispartition
   ORDER BY i.inhseqno
)`;
