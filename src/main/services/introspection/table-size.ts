/**
 * The size of relation `c` on disk as JSON, in bytes as text, or null for a relation without storage
 * of its own (view, foreign table, partitioned table) and for one that was dropped meanwhile: the
 * server's size functions return NULL then, and ask for no right on the relation.
 *
 * `heap` counts the free space and visibility maps too, and `toast` its index, so that the three
 * parts add up to `total` (manual, Database Object Size Functions).
 */
export const tableSize = `CASE WHEN c.relkind IN ('r', 'm', 'S') THEN (
  SELECT pg_catalog.json_build_object(
           'heap', part.heap::pg_catalog.text,
           'indexes', part.indexes::pg_catalog.text,
           'toast', part.toast::pg_catalog.text,
           'total', (part.heap + part.indexes + part.toast)::pg_catalog.text)
    FROM (
      SELECT pg_catalog.pg_relation_size(c.oid, 'main')
               + pg_catalog.pg_relation_size(c.oid, 'fsm')
               + pg_catalog.pg_relation_size(c.oid, 'vm')
               + pg_catalog.pg_relation_size(c.oid, 'init') AS heap,
             pg_catalog.pg_indexes_size(c.oid) AS indexes,
             CASE WHEN c.reltoastrelid = '0' THEN 0
               ELSE pg_catalog.pg_total_relation_size(c.reltoastrelid) END AS toast
      OFFSET 0
    ) part
   WHERE part.heap + part.indexes + part.toast IS NOT NULL
) END`;
