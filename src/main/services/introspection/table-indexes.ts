/**
 * The indexes of relation `c`, the primary key's first and then in order of name, as an array of
 * JSON that fits indexSchema.
 *
 * `columns` has the keys as SQL, so that a column called "lower(name)" and the expression are told
 * apart; INCLUDE columns are no keys. Their direction, operator class and collation, the INCLUDE
 * columns and a partial index's predicate are in `definition`.
 */
export const tableIndexes = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', ic.relname,
           'definition', pg_catalog.pg_get_indexdef(i.indexrelid),
           'columns', ARRAY(
             SELECT pg_catalog.pg_get_indexdef(i.indexrelid, key_number, true)
               FROM pg_catalog.generate_series(1, i.indnkeyatts::pg_catalog.int4) AS key_number
              ORDER BY key_number
           ),
           'method', method.amname,
           'isUnique', i.indisunique,
           'isPrimary', i.indisprimary,
           'isValid', i.indisvalid AND i.indisready AND i.indislive
         )
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_catalog.pg_am method ON method.oid = ic.relam
   WHERE i.indrelid = c.oid
   ORDER BY i.indisprimary DESC, ic.relname
)`;
