import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import {
  dottedName,
  nameParts,
  objectName,
  objectTypeName,
  relationName,
  roleName,
} from './relation-name';
import { checkForeignOptions } from './foreign-options';
import { optionIsOn } from './options';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';
import { tableRisks } from './table-risks';
import { checkTableWork } from './table-work';
import { textWidthOf } from './text-width';

const cascade = (command: AlterTableCmd): string =>
  command.behavior === 'DROP_CASCADE' ? ' and all that depends on it (CASCADE)' : '';

/** Options of a view that keep what its reader may not see; taken off, the rights of its owner count. */
const guardsOfViews: ReadonlySet<string> = new Set(['security_invoker', 'security_barrier']);

/** SET or RESET of options that takes off a guard of a view. */
function checkViewOptions(walk: SyntaxWalk, view: string, { subtype, def }: AlterTableCmd): void {
  const options = def !== undefined && 'List' in def ? (def.List.items ?? []) : [];
  for (const option of options) {
    const name = 'DefElem' in option ? (option.DefElem.defname ?? '') : '';
    if (!guardsOfViews.has(name)) continue;
    walk.findings.flag('changesRights');
    if (subtype === 'AT_SetRelOptions' && optionIsOn(options, name)) continue;
    walk.findings.confirm(
      'alter-loses-guard',
      `Takes ${name} off view ${view}: whoever reads it may see more rows.`,
      view,
    );
  }
}

function partName(command: AlterTableCmd): string {
  const { def } = command;
  if (def !== undefined && 'PartitionCmd' in def) return relationName(def.PartitionCmd.name);
  if (def !== undefined && 'RangeVar' in def) return relationName(def.RangeVar);
  return dottedName([command.name]);
}

function checkTableCommand(walk: SyntaxWalk, table: AlterTableStmt, command: AlterTableCmd): void {
  const { findings } = walk;
  const name = relationName(table.relation);
  const subtype = command.subtype ?? '';
  if (subtype === 'AT_ChangeOwner') {
    findings.flag('changesRights');
    findings.notice('changes-ownership', `Gives ${name} to ${roleName(command.newowner)}.`, name);
  }
  if (subtype.includes('RowSecurity')) findings.flag('changesRights');
  const { def } = command;
  if (subtype === 'AT_SetRelOptions' || subtype === 'AT_ResetRelOptions') {
    checkViewOptions(walk, name, command);
  }
  if (subtype === 'AT_GenericOptions' && def !== undefined && 'List' in def) {
    checkForeignOptions(walk, name, def.List.items);
  }
  if (def !== undefined && 'ATAlterConstraint' in def) {
    const { conname, alterEnforceability, is_enforced: isEnforced } = def.ATAlterConstraint;
    if (alterEnforceability === true && isEnforced !== true) {
      const constraint = dottedName([conname]);
      findings.confirm(
        'alter-loses-guard',
        `Constraint ${constraint} of ${name} is no longer enforced.`,
        name,
      );
    }
  }
  if (def !== undefined && 'PartitionCmd' in def && def.PartitionCmd.concurrent === true) {
    findings.flag('cannotRunInTransaction');
  }
  const risk = Object.hasOwn(tableRisks, subtype) ? tableRisks[subtype] : undefined;
  if (risk === undefined) return;
  const sentence = risk.reason(name, partName(command));
  const reason = sentence.endsWith('.') ? sentence : `${sentence}${cascade(command)}.`;
  findings[risk.level](risk.code, reason, name);
  // In code nobody knows what it has done to the table before.
  if (subtype === 'AT_AlterColumnType' && !walk.isInCode) {
    const width = textWidthOf(table, command, reason);
    if (width !== null) findings.addTextWidth(width);
  }
}

/** ALTER of relations, types, domains and what belongs to them. */
export const alterationRules: Rules = {
  AlterTableStmt(body, walk) {
    const { relation } = body;
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    for (const node of body.cmds ?? []) {
      if (!('AlterTableCmd' in node)) continue;
      checkTableCommand(walk, body, node.AlterTableCmd);
      checkTableWork(walk, body, node.AlterTableCmd);
      // Defaults and checks of new columns are evaluated at once.
      walk.visitAll([node.AlterTableCmd.def]);
    }
    return handled;
  },

  AlterTableMoveAllStmt(body, walk) {
    const name = dottedName([body.orig_tablespacename]);
    walk.findings.flag('touchesServer');
    walk.findings.confirm(
      'rewrites-table',
      `Moves everything out of tablespace ${name}: each relation is copied while nobody else can use it.`,
      name,
    );
    return handled;
  },

  AlterDomainStmt(body, walk) {
    // X drops a constraint, N drops NOT NULL (parsenodes.h).
    if (body.subtype === 'X' || body.subtype === 'N') {
      const name = dottedName((body.typeName ?? []).flatMap(nameParts));
      walk.findings.confirm('alter-loses-guard', `Drops a constraint of domain ${name}.`, name);
    }
  },

  AlterSeqStmt(body, walk) {
    const { sequence } = body;
    const name = relationName(sequence);
    if (sequence?.relname !== undefined) {
      walk.findings.addRelation(sequence.schemaname ?? null, sequence.relname, 'alter');
    }
    const restarts = (body.options ?? []).some(
      (option) => 'DefElem' in option && option.DefElem.defname === 'restart',
    );
    if (restarts) {
      walk.findings.notice(
        'overwrites-rows',
        `Restarts sequence ${name}: it may give out values that are in use already.`,
        name,
      );
    }
    return handled;
  },

  RenameStmt(body, walk) {
    const { relation } = body;
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    if (body.renameType === 'OBJECT_ROLE') {
      walk.findings.flag('changesRights');
      const name = dottedName([body.subname]);
      walk.findings.confirm(
        'changes-rights',
        `Renames role ${name}: nobody can log in by the old name, and a password that is kept as MD5 is cleared.`,
        name,
      );
    }
    if (body.renameType === 'OBJECT_DATABASE') {
      walk.findings.flag('touchesServer');
      const name = dottedName([body.subname]);
      walk.findings.confirm(
        'changes-server',
        `Renames database ${name}: nobody can connect to it by the old name.`,
        name,
      );
    }
    return handled;
  },

  AlterObjectSchemaStmt(body, walk) {
    const { relation } = body;
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    return handled;
  },

  AlterOwnerStmt(body, walk) {
    const name = objectName(body.objectType, body.object);
    walk.findings.flag('changesRights');
    walk.findings.notice(
      'changes-ownership',
      `Gives ${objectTypeName(body.objectType)} ${name} to ${roleName(body.newowner)}.`,
      name,
    );
    return handled;
  },

  AlterTSConfigurationStmt(body, walk) {
    if (body.kind === 'ALTER_TSCONFIG_DROP_MAPPING') {
      const name = dottedName((body.cfgname ?? []).flatMap(nameParts));
      walk.findings.confirm('drops', `Drops mappings of text search configuration ${name}.`, name);
    }
  },

  AlterOpFamilyStmt(body, walk) {
    if (body.isDrop === true) {
      const name = dottedName((body.opfamilyname ?? []).flatMap(nameParts));
      walk.findings.confirm(
        'drops',
        `Drops operators or functions of operator family ${name}.`,
        name,
      );
    }
  },

  AlterFunctionStmt() {
    // What it sets is for calls of the function, and not for this session.
    return handled;
  },

  AlterEventTrigStmt(body, walk) {
    // O and A fire in ordinary sessions; D never and R in replication only.
    if (body.tgenabled === 'D' || body.tgenabled === 'R') {
      const name = dottedName([body.trigname]);
      walk.findings.confirm('alter-loses-guard', `Disables event trigger ${name}.`, name);
    }
  },
};
