import type { GrantStmt } from 'libpg-query';
import { hasOption, optionIsOn } from './options';
import {
  dottedName,
  objectName,
  objectTypeName,
  relationName,
  roleName,
  roleNames,
} from './relation-name';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

function isGrantToAll(body: GrantStmt): boolean {
  return (body.grantees ?? []).some(
    (grantee) => 'RoleSpec' in grantee && grantee.RoleSpec.roletype === 'ROLESPEC_PUBLIC',
  );
}

function checkGrant(body: GrantStmt, walk: SyntaxWalk, where: string): void {
  const names = roleNames(body.grantees);
  walk.findings.flag('changesRights');
  if (body.is_grant !== true) {
    const further =
      body.behavior === 'DROP_CASCADE' ? ' and from whom they gave them (CASCADE)' : '';
    const taken =
      body.grant_option === true ? `the option to give on rights ${where}` : `rights ${where}`;
    walk.findings.confirm('changes-rights', `Takes ${taken} from ${names}${further}.`);
  } else if (isGrantToAll(body)) {
    walk.findings.confirm('changes-rights', `Gives rights ${where} to everybody (PUBLIC).`);
  } else if (body.grant_option === true) {
    walk.findings.confirm(
      'changes-rights',
      `Gives rights ${where} to ${names}, who may give them on (WITH GRANT OPTION).`,
    );
  } else walk.findings.notice('changes-rights', `Gives rights ${where} to ${names}.`);
}

function grantedObjects(body: GrantStmt): string {
  const type = objectTypeName(body.objtype);
  const names = (body.objects ?? [])
    .map((object) =>
      'RangeVar' in object ? relationName(object.RangeVar) : objectName(body.objtype, object),
    )
    .join(', ');
  return body.targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
    ? `every ${type} of schema ${names}`
    : `${type} ${names}`;
}

/** Options of a role that reach beyond its own objects. */
const powers = ['superuser', 'createrole', 'createdb', 'isreplication', 'bypassrls'] as const;

/** IN ROLE, ROLE and ADMIN of CREATE ROLE, as the grammar calls them. */
const memberships = ['addroleto', 'rolemembers', 'adminmembers'] as const;

/** GRANT, REVOKE, roles and policies. */
export const rightsRules: Rules = {
  GrantStmt(body, walk) {
    const objects = (body.objects ?? []).flatMap((object) =>
      'RangeVar' in object ? [object.RangeVar] : [],
    );
    for (const { schemaname, relname } of objects) {
      if (relname !== undefined) walk.findings.addRelation(schemaname ?? null, relname, 'alter');
    }
    checkGrant(body, walk, `on ${grantedObjects(body)}`);
    return handled;
  },

  AlterDefaultPrivilegesStmt(body, walk) {
    if (body.action !== undefined) checkGrant(body.action, walk, 'on objects made from then on');
    return handled;
  },

  GrantRoleStmt(body, walk) {
    walk.findings.flag('changesRights');
    const granted = (body.granted_roles ?? [])
      .map((role) => ('AccessPriv' in role ? dottedName([role.AccessPriv.priv_name]) : ''))
      .join(', ');
    const names = roleNames(body.grantee_roles);
    // REVOKE ADMIN OPTION FOR and its like name the option that is taken.
    const [option] = (body.opt ?? []).flatMap((node) =>
      'DefElem' in node ? [(node.DefElem.defname ?? '').toUpperCase()] : [],
    );
    const revokes =
      option === undefined
        ? `Ends the membership of ${names} in ${granted}.`
        : `Takes the ${option} option of the membership in ${granted} from ${names}.`;
    walk.findings.confirm(
      'changes-rights',
      body.is_grant === true
        ? `Makes ${names} a member of ${granted}, with all its rights.`
        : revokes,
    );
    return handled;
  },

  CreateRoleStmt(body, walk) {
    walk.findings.flag('changesRights');
    const granted = powers.filter((power) => optionIsOn(body.options, power));
    if (granted.length > 0) {
      const name = dottedName([body.role]);
      walk.findings.confirm(
        'changes-rights',
        `Sets powers over the whole server for role ${name}.`,
        name,
      );
    }
    if (memberships.some((option) => hasOption(body.options, option))) {
      const name = dottedName([body.role]);
      walk.findings.notice(
        'changes-rights',
        `Makes role ${name} a member of others, or others a member of it.`,
        name,
      );
    }
    return handled;
  },

  AlterRoleStmt(body, walk) {
    walk.findings.flag('changesRights');
    const name = roleName(body.role);
    // ALTER GROUP … ADD USER or DROP USER.
    const changed = hasOption(body.options, 'rolemembers')
      ? `who is a member of ${name}`
      : `the rights or the password of ${name}`;
    walk.findings.confirm('changes-rights', `Changes ${changed}.`, name);
    return handled;
  },

  AlterRoleSetStmt(body, walk) {
    walk.findings.flag('changesRights');
    const name = body.role === undefined ? 'every role' : roleName(body.role);
    walk.findings.confirm(
      'changes-server',
      `Changes a setting for each later session of ${name}.`,
      name,
    );
    return handled;
  },

  CreatePolicyStmt(body, walk) {
    walk.findings.flag('changesRights');
    const name = relationName(body.table);
    walk.findings.notice('changes-rights', `Changes which rows of ${name} roles can see.`, name);
    return handled;
  },

  AlterPolicyStmt(body, walk) {
    walk.findings.flag('changesRights');
    const name = relationName(body.table);
    walk.findings.confirm('changes-rights', `Changes which rows of ${name} roles can see.`, name);
    return handled;
  },

  CreateUserMappingStmt(_body, walk) {
    walk.findings.flag('changesRights');
    return handled;
  },

  AlterUserMappingStmt(_body, walk) {
    walk.findings.flag('changesRights');
    return handled;
  },

  SecLabelStmt(_body, walk) {
    walk.findings.flag('changesRights');
    return handled;
  },
};
