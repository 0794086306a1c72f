import type { MergeWhenClause, Node, RangeVar, WithClause } from 'libpg-query';
import type { RelationRole, RiskCode } from '@shared/models/statement-analysis';
import { choosesRows, decidingNulls, judgeCondition, plainColumnNames } from './condition';
import { relationName } from './relation-name';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';
import { isSystemCatalog } from './system-catalogs';

/** Notes what a statement changes. */
export function addTarget(
  walk: SyntaxWalk,
  relation: RangeVar | undefined,
  role: RelationRole,
): void {
  if (relation?.relname === undefined) return;
  const { schemaname, relname } = relation;
  walk.findings.addRelation(schemaname ?? null, relname, role);
  // A superuser may, whatever allow_system_table_mods says (PostgreSQL source, aclchk.c).
  if (!isSystemCatalog(relation) || role !== 'write' || !walk.executes) return;
  const name = relationName(relation);
  if (relname === 'pg_settings') {
    // A rule of this view makes UPDATE a SET (manual, pg_settings).
    walk.findings.flag('changesSession', 'leavesReadOnly');
    walk.findings.confirm(
      'changes-session-safety',
      `Changes settings of this session: an UPDATE of ${name} is a SET.`,
      name,
    );
  } else {
    walk.findings.confirm(
      'changes-catalog',
      `Changes rows of the system catalog ${name}: that can damage the database.`,
      name,
    );
  }
}

const verbs = {
  update: { every: 'Updates', may: 'May update', code: 'updates-all-rows', joining: 'FROM' },
  delete: { every: 'Deletes', may: 'May delete', code: 'deletes-all-rows', joining: 'USING' },
} as const satisfies Record<
  string,
  { every: string; may: string; code: RiskCode; joining: string }
>;

/** What UPDATE and DELETE have in common. */
interface Change {
  readonly relation?: RangeVar;
  readonly whereClause?: Node;
  readonly withClause?: WithClause;
}

/** Names of the common table expressions that a statement sees: its own and those around it. */
function visibleQueryNames(walk: SyntaxWalk, { ctes = [] }: WithClause = {}): ReadonlySet<string> {
  const own = ctes.flatMap((node) =>
    'CommonTableExpr' in node ? [node.CommonTableExpr.ctename ?? ''] : [],
  );
  return new Set([...walk.findings.queryNames, ...own]);
}

/** Tells of an UPDATE or DELETE whose condition does not choose among the rows of its target. */
function checkCondition(
  walk: SyntaxWalk,
  verb: (typeof verbs)[keyof typeof verbs],
  { relation: target, whereClause: condition, withClause }: Change,
  sources: readonly Node[] | undefined,
): void {
  const name = relationName(target);
  const { findings } = walk;
  const queryNames = visibleQueryNames(walk, withClause);
  switch (judgeCondition(condition, target, { sources, queryNames })) {
    case 'absent':
      findings.confirm(verb.code, `${verb.every} every row of ${name}: it has no WHERE.`, name);
      break;
    case 'always-true':
      findings.confirm(
        verb.code,
        `${verb.every} every row of ${name}: its WHERE is always true.`,
        name,
      );
      break;
    case 'misses-target':
      findings.confirm(
        'condition-misses-target',
        `${verb.may} every row of ${name}: its WHERE does not depend on the row.`,
        name,
      );
      break;
    case 'alternative-misses-target':
      findings.confirm(
        'condition-misses-target',
        `${verb.may} every row of ${name}: one side of an OR in its WHERE does not depend on the row.`,
        name,
      );
      break;
    case 'unjoined':
      findings.confirm(
        'condition-misses-target',
        `No condition ties ${name} to the tables in ${verb.joining}: each chosen row of ${name} meets all of their rows.`,
        name,
      );
      break;
    case 'may-miss-target':
      findings.notice(
        'condition-misses-target',
        `${verb.may} every row of ${name}: its WHERE names columns in a subquery only, and not as those of ${name}.`,
        name,
      );
      // In code a name may be a variable.
      if (!walk.isInCode && condition !== undefined) {
        const columns = plainColumnNames(condition);
        findings.addInnerCondition({ effect: verb.may, target: name, columns });
      }
      break;
    case 'real': {
      const columns = walk.isInCode ? [] : decidingNulls(condition, target, queryNames);
      const { code, every: effect } = verb;
      if (columns.length > 0 && target?.relname !== undefined) {
        const { schemaname: schema = null, relname } = target;
        findings.addNullCondition({ code, effect, target: { schema, name: relname }, columns });
      }
      break;
    }
  }
}

/** Visits all of a data-changing statement but its target, which is no relation that is read. */
function visitRest(walk: SyntaxWalk, body: { relation?: RangeVar }): typeof handled {
  const { relation: _target, ...rest } = body;
  walk.visitChildren(rest);
  return handled;
}

function checkMerge(
  walk: SyntaxWalk,
  target: RangeVar | undefined,
  joinCondition: Node | undefined,
  clause: MergeWhenClause,
): void {
  const { commandType, matchKind, condition } = clause;
  if (commandType !== 'CMD_DELETE' && commandType !== 'CMD_UPDATE') return;
  const name = relationName(target);
  const deletes = commandType === 'CMD_DELETE';
  const verb = deletes ? 'Deletes' : 'Updates';
  const verdict = judgeCondition(condition, target);
  const isConditional = verdict !== 'absent' && verdict !== 'always-true';
  const matching = `Deletes the rows of ${name} that a WHEN matches.`;
  if (choosesRows(verdict)) {
    if (deletes) walk.findings.notice('merge-deletes', matching, name);
  } else if (matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE') {
    walk.findings.confirm(
      'merges-all-rows',
      `${verb} every row of ${name} that the source does not have.`,
      name,
    );
  } else if (!choosesRows(judgeCondition(joinCondition, target))) {
    walk.findings.confirm(
      'merges-all-rows',
      `${verb} every row of ${name}: the ON of MERGE does not tell rows apart.`,
      name,
    );
  } else if (deletes && isConditional) walk.findings.notice('merge-deletes', matching, name);
  else if (deletes) {
    walk.findings.confirm(
      'merge-deletes',
      `Deletes every row of ${name} that the source has.`,
      name,
    );
  }
}

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE, also inside common table expressions. */
export const dataChangeRules: Rules = {
  InsertStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    if (walk.executes) {
      walk.findings.flag('writes');
      if (body.onConflictClause?.action === 'ONCONFLICT_UPDATE') {
        const name = relationName(body.relation);
        walk.findings.notice(
          'overwrites-rows',
          `Overwrites rows of ${name} that are already there (ON CONFLICT DO UPDATE).`,
          name,
        );
      }
    }
    return visitRest(walk, body);
  },

  UpdateStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    if (walk.executes) {
      walk.findings.flag('writes');
      checkCondition(walk, verbs.update, body, body.fromClause);
    }
    return visitRest(walk, body);
  },

  DeleteStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    if (walk.executes) {
      walk.findings.flag('writes');
      checkCondition(walk, verbs.delete, body, body.usingClause);
    }
    return visitRest(walk, body);
  },

  MergeStmt(body, walk) {
    addTarget(walk, body.relation, 'write');
    if (walk.executes) {
      for (const clause of body.mergeWhenClauses ?? []) {
        if (!('MergeWhenClause' in clause)) continue;
        if (clause.MergeWhenClause.commandType !== 'CMD_NOTHING') walk.findings.flag('writes');
        checkMerge(walk, body.relation, body.joinCondition, clause.MergeWhenClause);
      }
    }
    return visitRest(walk, body);
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
