/**
 * The indexes of relation `c`, the primary key's first and then in order of name, as an array of
 * JSON that fits indexSchema.
 *
 * `columns` has the keys as SQL, so that a column called "lower(name)" and the expression are told
 * apart; INCLUDE columns are no keys. Only an expression, whose number in indkey is 0, is asked of
 * pg_get_indexdef, which collects the names of all columns of the table for each call. Their direction, operator class and collation, the INCLUDE
 * columns and a partial index's predicate are in `definition`.
 */
export const tableIndexes = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', ic.relname,
           'definition', pg_catalog.pg_get_indexdef(i.indexrelid),
           'columns', ARRAY(
             SELECT COALESCE(
                      pg_catalog.quote_ident(a.attname::pg_catalog.text),
                      pg_catalog.pg_get_indexdef(i.indexrelid, key.position::pg_catalog.int4, true))
               FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[])
                      WITH ORDINALITY AS key (number, position)
               LEFT JOIN pg_catalog.pg_attribute a
                      ON a.attrelid = i.indrelid AND a.attnum = key.number
              WHERE key.position <= i.indnkeyatts::pg_catalog.int8
              ORDER BY key.position
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
