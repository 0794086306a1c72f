import { columnNames } from './column-names';

/**
 * The primary key, the unique, exclusion and NOT NULL constraints of relation `c` in this order and
 * then in order of name, as an array of JSON that fits constraintSchema. Checks and foreign keys have
 * queries of their own.
 *
 * conexclop is there for exclusion constraints, and from PostgreSQL 18 for keys WITHOUT OVERLAPS.
 * NOT NULL constraints are rows of pg_constraint from PostgreSQL 18. `columns` has no expressions:
 * they are in `definition`, as are DEFERRABLE, NOT VALID, NOT ENFORCED and NO INHERIT.
 */
export const tableConstraints = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', con.conname,
           'kind', CASE con.contype
             WHEN 'p' THEN 'primary key'
             WHEN 'u' THEN 'unique'
             WHEN 'x' THEN 'exclusion'
             WHEN 'n' THEN 'not null'
           END,
           'columns', ${columnNames('con.conrelid', 'con.conkey')},
           'operators', ARRAY(
             SELECT operator.oprname
               FROM pg_catalog.unnest(con.conexclop) WITH ORDINALITY AS excluded (oid, position)
               JOIN pg_catalog.pg_operator operator ON operator.oid = excluded.oid
              ORDER BY excluded.position),
           'definition', pg_catalog.pg_get_constraintdef(con.oid, true))
    FROM pg_catalog.pg_constraint con
   WHERE con.conrelid = c.oid AND con.contype IN ('p', 'u', 'x', 'n')
   ORDER BY CASE con.contype WHEN 'p' THEN 1 WHEN 'u' THEN 2 WHEN 'x' THEN 3 ELSE 4 END, con.conname
)`;
