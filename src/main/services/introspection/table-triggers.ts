/**
 * The triggers of relation `c` that somebody made, in order of name (in which they fire), as an
 * array of JSON. Those that carry out a foreign key or a deferrable constraint are left out.
 *
 * Until PostgreSQL 14 a partition's copy of its parent's trigger is marked internal; it is told from
 * a constraint's trigger by the constraint. Enabled means that it fires in a normal session: neither
 * DISABLE nor ENABLE REPLICA (manual, ALTER TABLE).
 */
export const tableTriggers = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', t.tgname,
           'definition', pg_catalog.pg_get_triggerdef(t.oid, true),
           'enabled', t.tgenabled IN ('O', 'A'))
    FROM pg_catalog.pg_trigger t
   WHERE t.tgrelid = c.oid
     AND (NOT t.tgisinternal
       OR t.tgparentid <> '0' AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_constraint con
          WHERE con.oid = t.tgconstraint AND con.contype <> 't'))
   ORDER BY t.tgname
)`;
