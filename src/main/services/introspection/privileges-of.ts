/**
 * The query for who may do what with an object of the catalog, as JSON that fits
 * relationPrivilegeSchema: its owner first, PUBLIC last.
 *
 * `from` is the FROM clause, `where` finds the object, `acl` and `owner` are its columns and `letter`
 * the kind of object as SQL. An access list is NULL until something is granted or revoked: acldefault
 * has what holds until then (manual, 5.8 Privileges).
 */
export function privilegesOf({
  from,
  where,
  acl,
  owner,
  letter,
}: {
  readonly from: string;
  readonly where: string;
  readonly acl: string;
  readonly owner: string;
  readonly letter: string;
}): string {
  return `
  SELECT pg_catalog.json_build_object(
           'grantee', CASE WHEN acl.grantee <> '0'
             THEN pg_catalog.pg_get_userbyid(acl.grantee) END,
           'grantor', pg_catalog.pg_get_userbyid(acl.grantor),
           'privileges', pg_catalog.array_agg(acl.privilege_type ORDER BY acl.position),
           'grantable', pg_catalog.array_remove(pg_catalog.array_agg(
             CASE WHEN acl.is_grantable THEN acl.privilege_type END ORDER BY acl.position), NULL)
         )::pg_catalog.text AS object
    FROM ${from}
   CROSS JOIN LATERAL ROWS FROM (
           pg_catalog.aclexplode(COALESCE(
             ${acl},
             pg_catalog.acldefault((${letter})::pg_catalog."char", ${owner})))
         ) WITH ORDINALITY AS acl (grantor, grantee, privilege_type, is_grantable, position)
   WHERE ${where}
   GROUP BY acl.grantee, acl.grantor, ${owner}
   ORDER BY acl.grantee <> ${owner}, acl.grantee = '0', pg_catalog.pg_get_userbyid(acl.grantee)`;
}
