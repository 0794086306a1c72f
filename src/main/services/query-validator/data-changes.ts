import type { RangeVar } from 'libpg-query';
import type { RelationRole } from '@shared/models/statement-analysis';
import { judgeCondition } from './condition';
import { relationName } from './relation-name';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

function addTarget(walk: SyntaxWalk, relation: RangeVar | undefined, role: RelationRole): void {
  if (relation?.relname === undefined) return;
  walk.findings.addRelation(relation.schemaname ?? null, relation.relname, role);
}

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE, also inside common table expressions. */
export const dataChangeRules: Rules = {
  InsertStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    if (walk.executes) walk.findings.flag('writes');
    const { relation: _target, ...rest } = body;
    walk.visitChildren(rest);
    return handled;
  },

  UpdateStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    const { relation, ...rest } = body;
    if (walk.executes) {
      walk.findings.flag('writes');
      const name = relationName(relation);
      const verdict = judgeCondition(body.whereClause, relation);
      if (verdict === 'absent') {
        walk.findings.confirm(
          'updates-all-rows',
          `Updates every row of ${name}: it has no WHERE.`,
          name,
        );
      } else if (verdict === 'always-true') {
        walk.findings.confirm(
          'updates-all-rows',
          `Updates every row of ${name}: its WHERE is always true.`,
          name,
        );
      } else if (verdict === 'misses-target') {
        walk.findings.confirm(
          'condition-misses-target',
          `May update every row of ${name}: its WHERE names no column of ${name}.`,
          name,
        );
      }
    }
    walk.visitChildren(rest);
    return handled;
  },

  DeleteStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    const { relation, ...rest } = body;
    if (walk.executes) {
      walk.findings.flag('writes');
      const name = relationName(relation);
      const verdict = judgeCondition(body.whereClause, relation);
      if (verdict === 'absent') {
        walk.findings.confirm(
          'deletes-all-rows',
          `Deletes every row of ${name}: it has no WHERE.`,
          name,
        );
      } else if (verdict === 'always-true') {
        walk.findings.confirm(
          'deletes-all-rows',
          `Deletes every row of ${name}: its WHERE is always true.`,
          name,
        );
      } else if (verdict === 'misses-target') {
        walk.findings.confirm(
          'condition-misses-target',
          `May delete every row of ${name}: its WHERE names no column of ${name}.`,
          name,
        );
      }
    }
    walk.visitChildren(rest);
    return handled;
  },

  TruncateStmt(body, walk) {
    const names: string[] = [];
    for (const node of body.relations ?? []) {
      if (!('RangeVar' in node)) continue;
      addTarget(walk, node.RangeVar, 'truncate');
      names.push(relationName(node.RangeVar));
    }
    if (walk.executes) {
      walk.findings.flag('writes');
      const all = names.join(', ');
      const further =
        body.behavior === 'DROP_CASCADE' ? ' and of all tables that refer to it (CASCADE)' : '';
      walk.findings.confirm('truncates', `Removes every row of ${all}${further}.`, all);
    }
    return handled;
  },
};
