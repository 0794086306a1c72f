import { relationPrivilegeSchema, type RelationPrivilege } from '@shared/models/catalog-objects';
import type { Queryable } from '../../db/queryable';
import { readObjects } from './read-rows';
import { listedRelationKinds } from './relation';

/**
 * relacl is NULL until something is granted or revoked: acldefault has what holds until then
 * (manual, 5.8 Privileges).
 */
const privilegesQuery = `
  SELECT pg_catalog.json_build_object(
           'grantee', CASE WHEN acl.grantee <> '0'
             THEN pg_catalog.pg_get_userbyid(acl.grantee) END,
           'grantor', pg_catalog.pg_get_userbyid(acl.grantor),
           'privileges', pg_catalog.array_agg(acl.privilege_type ORDER BY acl.position),
           'grantable', pg_catalog.array_remove(pg_catalog.array_agg(
             CASE WHEN acl.is_grantable THEN acl.privilege_type END ORDER BY acl.position), NULL)
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
   CROSS JOIN LATERAL ROWS FROM (
           pg_catalog.aclexplode(COALESCE(
             c.relacl,
             pg_catalog.acldefault(
               (CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::pg_catalog."char", c.relowner)))
         ) WITH ORDINALITY AS acl (grantor, grantee, privilege_type, is_grantable, position)
   WHERE n.nspname = $1::pg_catalog.text
     AND c.relname = $2::pg_catalog.text
     AND ${listedRelationKinds}
   GROUP BY acl.grantee, acl.grantor, c.relowner
   ORDER BY acl.grantee <> c.relowner, acl.grantee = '0', pg_catalog.pg_get_userbyid(acl.grantee)`;

/** Who may do what with a relation: its owner first, PUBLIC last. Rights on single columns are not told. */
export function getRelationPrivileges(
  db: Queryable,
  schema: string,
  table: string,
): Promise<RelationPrivilege[]> {
  return readObjects(db, relationPrivilegeSchema, privilegesQuery, [schema, table]);
}
