import { dottedName, nameParts, objectTypeName, roleName, roleNames } from './relation-name';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

/** The types of object that DROP names as relations. */
export const relationTypes: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_SEQUENCE',
  'OBJECT_INDEX',
]);

/** A trigger, a rule and a policy are named by their relation and their own name. */
function describe(type: string | undefined, parts: readonly string[]): string {
  if (type === 'OBJECT_TRIGGER' || type === 'OBJECT_RULE' || type === 'OBJECT_POLICY') {
    return `${dottedName(parts.slice(-1))} of ${dottedName(parts.slice(0, -1))}`;
  }
  // An operator's name needs no quotes; pg_catalog, which the grammar adds to types, says nothing.
  if (type === 'OBJECT_OPERATOR') return parts.join('.');
  if (type === 'OBJECT_CAST') return parts.filter((part) => part !== 'pg_catalog').join(' AS ');
  return dottedName(parts);
}

function drop(walk: SyntaxWalk, what: string, names: string): typeof handled {
  walk.findings.confirm('drops', `Drops ${what}.`, names);
  return handled;
}

/** DROP of whatever there is to drop. */
export const dropRules: Rules = {
  DropStmt(body, walk) {
    const { findings } = walk;
    const objects = (body.objects ?? []).map(nameParts);
    for (const parts of objects) {
      const name = parts.at(-1);
      if (name !== undefined && relationTypes.has(body.removeType ?? '')) {
        findings.addRelation(parts.at(-2) ?? null, name, 'drop');
      }
    }
    if (body.concurrent === true) findings.flag('cannotRunInTransaction');
    const names = objects.map((parts) => describe(body.removeType, parts)).join(', ');
    const further = body.behavior === 'DROP_CASCADE' ? ' and all that depends on it (CASCADE)' : '';
    return drop(walk, `${objectTypeName(body.removeType)} ${names}${further}`, names);
  },

  DropdbStmt(body, walk) {
    walk.findings.flag('cannotRunInTransaction', 'touchesServer');
    const name = dottedName([body.dbname]);
    return drop(walk, `database ${name} with all that is in it`, name);
  },

  DropRoleStmt(body, walk) {
    walk.findings.flag('changesRights');
    const names = roleNames(body.roles);
    return drop(walk, `role ${names}`, names);
  },

  DropTableSpaceStmt(body, walk) {
    walk.findings.flag('cannotRunInTransaction', 'touchesServer');
    const name = dottedName([body.tablespacename]);
    return drop(walk, `tablespace ${name}`, name);
  },

  DropSubscriptionStmt(body, walk) {
    // Refused in a transaction block while the subscription has a replication slot.
    walk.findings.flag('cannotRunInTransaction', 'touchesServer');
    const name = dottedName([body.subname]);
    return drop(walk, `subscription ${name}, with its replication slot at the publisher`, name);
  },

  DropUserMappingStmt(body, walk) {
    walk.findings.flag('changesRights');
    const name = `${roleName(body.user)} at server ${dottedName([body.servername])}`;
    return drop(walk, `the user mapping of ${name}`, name);
  },

  DropOwnedStmt(body, walk) {
    walk.findings.flag('changesRights');
    const names = roleNames(body.roles);
    const further = body.behavior === 'DROP_CASCADE' ? ', and what depends on it (CASCADE)' : '';
    walk.findings.confirm(
      'drops',
      `Drops everything in this database that is owned by ${names}${further}, and revokes all rights given to ${names} in it.`,
      names,
    );
    return handled;
  },

  ReassignOwnedStmt(body, walk) {
    walk.findings.flag('changesRights');
    const names = roleNames(body.roles);
    walk.findings.confirm(
      'changes-ownership',
      `Gives everything in this database that is owned by ${names} to ${roleName(body.newrole)}.`,
      names,
    );
    return handled;
  },
};
