import type { FuncCall } from 'libpg-query';
import { isBuiltinFunction } from './builtin-functions';
import { functionEffect, sqlArguments } from './function-effects';
import { plainValue, toBoolean } from './options';
import { dottedName, nameParts } from './relation-name';
import { examineRoutine } from './routines';
import { checkSetting } from './session';
import type { Rules, SyntaxWalk } from './syntax-walk';

/** set_config(name, value, is_local) is SET as a function. */
function checkSetConfig(call: FuncCall, walk: SyntaxWalk): void {
  const [name, value, isLocal] = (call.args ?? []).map(plainValue);
  if (toBoolean(isLocal) !== true) walk.findings.flag('changesSession');
  if (typeof name === 'string') {
    // A value that is not plain may be any: assume the one that matters.
    checkSetting(walk, name, value === undefined ? 'unknown' : value);
    return;
  }
  walk.findings.flag('leavesReadOnly');
  walk.findings.confirm(
    'changes-session-safety',
    'Changes a setting whose name is put together at run time.',
  );
}

function checkSqlArgument(call: FuncCall, name: string, index: number, walk: SyntaxWalk): void {
  const argument = call.args?.[index];
  const text = plainValue(argument);
  // ts_rewrite(query, target, substitute) runs nothing, and neither does the number of crosstab(text, 3).
  if (name === 'ts_rewrite' && (call.args?.length ?? 0) > 2) return;
  if (index > 0 && (argument === undefined || typeof text === 'number')) return;
  if (typeof text === 'string') walk.visitSql(text);
  else {
    walk.findings.flag('reads');
    walk.findings.confirm(
      'dynamic-sql',
      `${name}() runs SQL that is put together at run time: what it does cannot be told from here.`,
    );
  }
}

/** Calls of functions, wherever they stand: in a list, in FROM, in a default. */
export const functionRules: Rules = {
  FuncCall(body, walk) {
    if (!walk.executes) return;
    const parts = (body.funcname ?? []).flatMap(nameParts);
    const name = parts.at(-1) ?? '';
    const schema = parts.at(-2);
    const isSystems = schema === undefined || schema === 'pg_catalog';
    if (name === 'set_config' && isSystems) return checkSetConfig(body, walk);
    const texts = sqlArguments.get(name);
    if (texts !== undefined) {
      for (const index of texts) checkSqlArgument(body, name, index, walk);
      return;
    }
    const effect = functionEffect(name);
    // schedule() and the like are common words: only those of an extension's schema count.
    if (effect !== undefined && !(ambiguousNames.has(name) && isSystems)) {
      walk.findings.flag(...effect.flags);
      if (effect.risk !== undefined) {
        const { code, level, reason } = effect.risk;
        walk.findings[level](code, `${dottedName(parts)}(): ${reason}`);
      }
      // app.nextval() may be anything.
      if (isSystems || effect.risk !== undefined) return;
    }
    if (!isSystems || !isBuiltinFunction(name)) {
      const written = dottedName(parts);
      walk.findings.notice(
        'unknown-function',
        `What ${written}() does cannot be told from here: it may change data.`,
        written,
      );
      walk.findings.addRoutine({ schema: schema ?? null, name });
      const definition = walk.script.routines.get(written);
      if (definition !== undefined) examineRoutine(written, definition, walk);
    }
  },
};

const ambiguousNames: ReadonlySet<string> = new Set([
  'schedule',
  'schedule_in_database',
  'unschedule',
  'alter_job',
  'add_job',
  'delete_job',
]);
