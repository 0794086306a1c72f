/** The check constraints of relation `c` in order of name, as an array of JSON. */
export const tableChecks = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', con.conname,
           'definition', pg_catalog.pg_get_constraintdef(con.oid, true))
    FROM pg_catalog.pg_constraint con
   WHERE con.conrelid = c.oid AND con.contype = 'c'
   ORDER BY con.conname
)`;
