import { relationPrivilegeSchema, type RelationPrivilege } from '@shared/models/catalog-objects';
import type { Queryable } from '../../db/statements/queryable';
import { privilegesOf } from './privileges-of';
import { readObjects } from './read-rows';
import { namedRelation } from './relation';

const privilegesQuery = privilegesOf({
  from: `pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid`,
  where: namedRelation,
  acl: 'c.relacl',
  owner: 'c.relowner',
  letter: `CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END`,
});

/** Who may do what with a relation as a whole: its owner first, PUBLIC last. */
export function getRelationPrivileges(
  db: Queryable,
  schema: string,
  table: string,
): Promise<RelationPrivilege[]> {
  return readObjects(db, relationPrivilegeSchema, privilegesQuery, [schema, table]);
}
