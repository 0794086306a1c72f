import type { RangeVar } from 'libpg-query';
import { addTarget } from './data-changes';
import { relationName } from './relation-name';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

/** Whether a relation lives in the session's temporary schema. */
function isTemporary(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || (relation?.schemaname ?? '').startsWith('pg_temp');
}

/** Notes a relation that a statement makes: a temporary one ties the tab to its session. */
export function addCreated(walk: SyntaxWalk, relation: RangeVar | undefined): void {
  if (relation?.relname === undefined) return;
  walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'create');
  if (!isTemporary(relation)) return;
  walk.findings.flag('changesSession');
  if (walk.isInCode) walk.findings.addTemporary(relationName(relation));
}

/** What reads: relations in FROM, row locks, parameters, SELECT … INTO. */
export const queryRules: Rules = {
  RangeVar(body, walk) {
    if (body.relname === undefined) return;
    walk.findings.addRelation(body.schemaname ?? null, body.relname, 'read');
    if (walk.executes) walk.findings.flag('reads');
  },

  CommonTableExpr(body, walk) {
    if (body.ctename !== undefined) walk.findings.queryNames.add(body.ctename);
  },

  ParamRef(body, walk) {
    if (body.number !== undefined) walk.findings.addParameter(body.number);
  },

  IntoClause(body, walk) {
    addCreated(walk, body.rel);
    if (walk.executes) walk.findings.flag('writes', 'changesStructure');
    return handled;
  },

  LockingClause(_body, walk) {
    if (walk.executes) {
      walk.findings.notice(
        'locks-rows',
        'Locks the rows that it reads: other sessions cannot change them until the transaction ends.',
      );
    }
    // The relations named here are named in FROM already.
    return handled;
  },

  CreateTableAsStmt(body, walk) {
    if (!walk.executes) return undefined;
    addCreated(walk, body.into?.rel);
    walk.findings.flag('changesStructure');
    if (body.into?.skipData === true) walk.visitStored(body.query);
    else {
      walk.findings.flag('writes');
      walk.visitAll([body.query]);
    }
    return handled;
  },

  ViewStmt(body, walk) {
    addCreated(walk, body.view);
    walk.visitStored(body.query);
    return handled;
  },

  CopyStmt(body, walk) {
    const { relation, filename, is_from: isFrom = false, is_program: isProgram = false } = body;
    const name = relationName(relation);
    addTarget(walk, relation, isFrom ? 'write' : 'read');
    walk.findings.flag(isFrom ? 'writes' : 'reads');
    // In code the server refuses it.
    if (filename === undefined && !isFrom && !walk.isInCode) walk.findings.flag('copiesToClient');
    if (filename !== undefined) {
      walk.findings.flag('touchesServer');
      const reason = isProgram
        ? `Runs the program "${filename}" on the server.`
        : `${isFrom ? 'Reads' : 'Overwrites'} the file "${filename}" on the server.`;
      walk.findings.confirm('reaches-server-files', reason, ...(name === '' ? [] : [name]));
    }
    walk.visitAll([body.query, body.whereClause]);
    return handled;
  },

  DeclareCursorStmt(body, walk) {
    // CURSOR_OPT_HOLD (parsenodes.h): the cursor outlives its transaction.
    if (walk.executes && ((body.options ?? 0) & 0x20) !== 0) walk.findings.flag('changesSession');
  },

  RefreshMatViewStmt(body, walk) {
    const { relation } = body;
    const name = relationName(relation);
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'write');
    }
    if (!walk.executes) return handled;
    walk.findings.flag('writes');
    if (body.skipData === true) {
      walk.findings.confirm('truncates', `Removes every row of ${name} (WITH NO DATA).`, name);
    } else if (body.concurrent !== true) {
      walk.findings.notice('blocks-others', `Nobody can read ${name} while it is refreshed.`, name);
    }
    return handled;
  },
};
