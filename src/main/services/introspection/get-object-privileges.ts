import {
  relationPrivilegeSchema,
  type GrantedObject,
  type RelationPrivilege,
} from '@shared/models/catalog-objects';
import type { Queryable } from '../../db/statements/queryable';
import { privilegesOf } from './privileges-of';
import { readObjects } from './read-rows';

const byName = (column: string): string => `${column} = $1::pg_catalog.text`;
const byOid = 'o.oid = $1::pg_catalog.oid';

/** The letters are those of acldefault (manual, System Information Functions). */
const queries: Readonly<Record<GrantedObject['kind'], string>> = {
  schema: privilegesOf({
    from: 'pg_catalog.pg_namespace o',
    where: byName('o.nspname'),
    acl: 'o.nspacl',
    owner: 'o.nspowner',
    letter: `'n'`,
  }),
  database: privilegesOf({
    from: 'pg_catalog.pg_database o',
    where: byName('o.datname'),
    acl: 'o.datacl',
    owner: 'o.datdba',
    letter: `'d'`,
  }),
  tablespace: privilegesOf({
    from: 'pg_catalog.pg_tablespace o',
    where: byName('o.spcname'),
    acl: 'o.spcacl',
    owner: 'o.spcowner',
    letter: `'t'`,
  }),
  'foreign server': privilegesOf({
    from: 'pg_catalog.pg_foreign_server o',
    where: byName('o.srvname'),
    acl: 'o.srvacl',
    owner: 'o.srvowner',
    letter: `'S'`,
  }),
  routine: privilegesOf({
    from: 'pg_catalog.pg_proc o',
    where: byOid,
    acl: 'o.proacl',
    owner: 'o.proowner',
    letter: `'f'`,
  }),
  sequence: privilegesOf({
    from: 'pg_catalog.pg_class o',
    where: `${byOid} AND o.relkind = 'S'`,
    acl: 'o.relacl',
    owner: 'o.relowner',
    letter: `'s'`,
  }),
  type: privilegesOf({
    from: 'pg_catalog.pg_type o',
    where: byOid,
    acl: 'o.typacl',
    owner: 'o.typowner',
    letter: `'T'`,
  }),
};

/** Who may do what with an object that is no relation; nobody where it is gone. */
export function getObjectPrivileges(
  db: Queryable,
  { kind, id }: GrantedObject,
): Promise<RelationPrivilege[]> {
  return readObjects(db, relationPrivilegeSchema, queries[kind], [id]);
}
