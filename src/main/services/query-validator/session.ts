import type { Node } from 'libpg-query';
import { optionArgument, plainValue, toBoolean, type Value } from './options';
import { readWriteReason } from './transactions';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

const readOnlySettings: ReadonlySet<string> = new Set([
  'transaction_read_only',
  'default_transaction_read_only',
]);

/** Settings that make the same statements mean or risk something else; the value that is harmless. */
const settingRisks: Readonly<
  Record<string, { readonly harmless: readonly string[]; readonly reason: string }>
> = {
  session_replication_role: {
    harmless: ['origin', 'local'],
    reason: 'Triggers and foreign keys are no longer enforced in this session.',
  },
  standard_conforming_strings: {
    harmless: ['on', 'true'],
    reason: 'From then on a backslash in a string means something else than what was checked here.',
  },
  event_triggers: {
    harmless: ['on', 'true'],
    reason: 'Event triggers no longer fire in this session.',
  },
  transform_null_equals: {
    harmless: ['off', 'false'],
    reason: 'From then on x = NULL means x IS NULL, and not what was checked here.',
  },
  allow_system_table_mods: {
    harmless: ['off', 'false'],
    reason: 'System catalogs can be changed from then on: that can damage the database.',
  },
  zero_damaged_pages: {
    harmless: ['off', 'false'],
    reason: 'Damaged pages are emptied from then on: their rows are lost.',
  },
  ignore_checksum_failure: {
    harmless: ['off', 'false'],
    reason: 'Damaged pages are read as if they were sound.',
  },
  ignore_system_indexes: {
    harmless: ['off', 'false'],
    reason: 'System indexes are not used: statements can be very slow.',
  },
  ignore_invalid_pages: {
    harmless: ['off', 'false'],
    reason: 'Invalid pages are ignored in recovery: rows can be lost.',
  },
};

/** Looks at a setting's new value; undefined is RESET, DEFAULT or a value not known here. */
export function checkSetting(walk: SyntaxWalk, name: string, value: Value): void {
  const { findings } = walk;
  const setting = name.toLowerCase();
  if (readOnlySettings.has(setting) && toBoolean(value) !== true) {
    findings.flag('leavesReadOnly');
    findings.notice('leaves-read-only', readWriteReason);
  }
  if (setting === 'role' || setting === 'session_authorization') {
    findings.notice(
      'changes-session-safety',
      `What follows runs with the rights of ${typeof value === 'string' && value !== 'none' ? value : 'the original user'}.`,
    );
  }
  const risk = Object.hasOwn(settingRisks, setting) ? settingRisks[setting] : undefined;
  if (risk === undefined || value === undefined) return;
  if (!risk.harmless.includes(String(value).toLowerCase())) {
    findings.confirm('changes-session-safety', risk.reason);
  }
}

function checkTransactionMode(walk: SyntaxWalk, args: readonly Node[] | undefined): void {
  const readOnly = optionArgument(args, 'transaction_read_only');
  if (readOnly !== undefined) checkSetting(walk, 'transaction_read_only', plainValue(readOnly));
}

/** SET, PREPARE, LISTEN and what else a session remembers. */
export const sessionRules: Rules = {
  VariableSetStmt(body, walk) {
    const { name = '', kind } = body;
    if (kind === 'VAR_SET_MULTI') {
      // SET TRANSACTION lasts for the transaction, SET SESSION CHARACTERISTICS for the session.
      if (name === 'SESSION CHARACTERISTICS') walk.findings.flag('changesSession');
      checkTransactionMode(walk, body.args);
      return handled;
    }
    if (body.is_local !== true) walk.findings.flag('changesSession');
    if (kind === 'VAR_RESET_ALL') {
      for (const setting of readOnlySettings) checkSetting(walk, setting, undefined);
    } else checkSetting(walk, name, plainValue(body.args?.[0]));
    return handled;
  },

  PrepareStmt(body, walk) {
    walk.findings.flag('changesSession');
    if (body.name !== undefined && body.query !== undefined) {
      walk.script.prepared.set(body.name, body.query);
    }
    const before = walk.findings.parameterNumbers();
    walk.visitStored(body.query);
    // Its $1 is filled by EXECUTE, not by whoever sends this statement.
    walk.findings.keepParameters(before);
    return handled;
  },

  ExecuteStmt(body, walk) {
    const { name = '' } = body;
    const query = walk.script.prepared.get(name);
    if (query === undefined) {
      if (walk.executes) {
        walk.findings.flag('reads', 'writes');
        walk.findings.confirm(
          'dynamic-sql',
          `Runs "${name}", which was prepared elsewhere: what it does cannot be told from here.`,
        );
      }
    } else {
      const before = walk.findings.parameterNumbers();
      walk.visit(query);
      walk.findings.keepParameters(before);
    }
    walk.visitAll(body.params);
    return handled;
  },

  DeallocateStmt(body, walk) {
    if (body.isall === true) walk.script.prepared.clear();
    else walk.script.prepared.delete(body.name ?? '');
    return handled;
  },

  ListenStmt(_body, walk) {
    walk.findings.flag('changesSession');
    return handled;
  },

  UnlistenStmt(_body, walk) {
    walk.findings.flag('changesSession');
    return handled;
  },

  DiscardStmt(body, walk) {
    walk.findings.flag('changesSession');
    if (body.target === 'DISCARD_ALL') {
      walk.script.prepared.clear();
      walk.findings.flag('cannotRunInTransaction');
      for (const setting of readOnlySettings) checkSetting(walk, setting, undefined);
    }
    if (body.target === 'DISCARD_ALL' || body.target === 'DISCARD_TEMP') {
      walk.findings.confirm('drops', 'Drops all temporary tables of this session.');
    }
    return handled;
  },
};
