import { roleSchema, type Role } from '@shared/models/role';
import type { Queryable } from '../../db/statements/queryable';
import { catalogOid } from './catalog-oid';
import { readObjects } from './read-rows';

/** pg_roles, unlike pg_authid, is open to all, and blanks the password, which is not read anyway. */
const rolesQuery = `
  SELECT pg_catalog.json_build_object(
           'name', r.rolname,
           'canLogin', r.rolcanlogin,
           'isSuperuser', r.rolsuper,
           'canCreateDatabases', r.rolcreatedb,
           'canCreateRoles', r.rolcreaterole,
           'inherits', r.rolinherit,
           'canReplicate', r.rolreplication,
           'bypassesRowSecurity', r.rolbypassrls,
           'connectionLimit', CASE WHEN r.rolconnlimit >= 0 THEN r.rolconnlimit END,
           'validUntil', r.rolvaliduntil::pg_catalog.text,
           'memberOf', ARRAY(
             SELECT DISTINCT parent.rolname
               FROM pg_catalog.pg_auth_members m
               JOIN pg_catalog.pg_roles parent ON parent.oid = m.roleid
              WHERE m.member = r.oid
              ORDER BY parent.rolname),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_roles r
    LEFT JOIN pg_catalog.pg_shdescription comment
           ON comment.objoid = r.oid AND comment.classoid = ${catalogOid('pg_authid')}
   ORDER BY r.rolname`;

/** The roles of the server, in order of name. */
export function listRoles(db: Queryable): Promise<Role[]> {
  return readObjects(db, roleSchema, rolesQuery);
}
