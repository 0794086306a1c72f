import type { Node, RangeVar, RoleSpec } from 'libpg-query';
import { readableIdentifier } from '@shared/sql/identifiers';

/** Parts of a name as a person would write them, quoted where needed; absent parts are left out. */
export function dottedName(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map(readableIdentifier)
    .join('.');
}

/** A relation as a person would write it. */
export function relationName(relation: RangeVar | undefined): string {
  return dottedName([relation?.catalogname, relation?.schemaname, relation?.relname]);
}

/** The parts of an object's name, which the tree keeps in a list, a type name or a signature. */
export function nameParts(object: Node | undefined): readonly string[] {
  if (object === undefined) return [];
  if ('String' in object) return [object.String.sval ?? ''];
  // A large object has a number for a name; it may be larger than an Integer of the grammar.
  if ('Integer' in object) return [String(object.Integer.ival ?? 0)];
  if ('Float' in object) return [object.Float.fval ?? ''];
  if ('List' in object) return (object.List.items ?? []).flatMap(nameParts);
  if ('TypeName' in object) return (object.TypeName.names ?? []).flatMap(nameParts);
  if ('ObjectWithArgs' in object) return (object.ObjectWithArgs.objname ?? []).flatMap(nameParts);
  return [];
}

/** Names of a column reference, the qualifier first; empty for anything else. */
export const columnPath = (node: Node): readonly string[] =>
  'ColumnRef' in node
    ? (node.ColumnRef.fields ?? []).flatMap((field) =>
        'String' in field ? [field.String.sval ?? ''] : [],
      )
    : [];

/** An object as a person would write it; the number of a large object takes no quotes. */
export function objectName(type: string | undefined, object: Node | undefined): string {
  const parts = nameParts(object);
  return type === 'OBJECT_LARGEOBJECT' ? parts.join() : dottedName(parts);
}

/** Names of roles, in order, for a sentence. */
export function roleNames(roles: readonly Node[] | undefined): string {
  return (roles ?? [])
    .map((role) => ('RoleSpec' in role ? roleName(role.RoleSpec) : ''))
    .join(', ');
}

/** The name of a role; PUBLIC and the present user have none of their own. */
export function roleName(role: RoleSpec | undefined): string {
  switch (role?.roletype) {
    case 'ROLESPEC_PUBLIC':
      return 'PUBLIC';
    case 'ROLESPEC_CURRENT_ROLE':
    case 'ROLESPEC_CURRENT_USER':
      return 'the current user';
    case 'ROLESPEC_SESSION_USER':
      return 'the session user';
    case 'ROLESPEC_CSTRING':
    case undefined:
      return dottedName([role?.rolename]);
    default:
      return '';
  }
}

/** The words of an enumeration's member: OBJECT_FOREIGN_TABLE is a foreign table. */
export function objectTypeName(type: string | undefined): string {
  switch (type) {
    case 'OBJECT_MATVIEW':
      return 'materialized view';
    case 'OBJECT_LARGEOBJECT':
      return 'large object';
    case 'OBJECT_PARAMETER_ACL':
      return 'parameter';
    case 'OBJECT_FDW':
      return 'foreign-data wrapper';
    case 'OBJECT_TSCONFIGURATION':
      return 'text search configuration';
    case 'OBJECT_TSDICTIONARY':
      return 'text search dictionary';
    case 'OBJECT_TSPARSER':
      return 'text search parser';
    case 'OBJECT_TSTEMPLATE':
      return 'text search template';
    case 'OBJECT_OPCLASS':
      return 'operator class';
    case 'OBJECT_OPFAMILY':
      return 'operator family';
    case 'OBJECT_STATISTIC_EXT':
      return 'statistics';
    case 'OBJECT_FOREIGN_SERVER':
      return 'server';
    case undefined:
      return 'object';
    default:
      return type.replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
  }
}
