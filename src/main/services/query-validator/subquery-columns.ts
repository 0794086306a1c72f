import type { Node, RangeVar, SelectStmt } from 'libpg-query';
import type { Rules } from './syntax-walk';

/**
 * DELETE FROM a WHERE id IN (SELECT id FROM b), where b has no id: the server takes the id of a, and
 * every row of a fits. A column that a subquery gives is therefore noted where it is named without a
 * relation, for the catalog to say whose it is.
 */
export const subqueryRules: Rules = {
  SubLink({ subLinkType, subselect }, walk) {
    // EXISTS does not look at what the subquery gives.
    if (!walk.executes || walk.isInCode || subLinkType === 'EXISTS_SUBLINK') return;
    if (subselect === undefined || !('SelectStmt' in subselect)) return;
    const select = subselect.SelectStmt;
    const sources = sourcesOf(select);
    if (sources === null) return;
    const relations = sources.map(({ schemaname, relname = '' }) => ({
      schema: schemaname ?? null,
      name: relname,
    }));
    for (const name of plainColumns(select)) {
      const isRow = sources.some(({ relname, alias }) => name === (alias?.aliasname ?? relname));
      if (!isRow) walk.findings.addSubqueryColumn({ name, relations });
    }
  },
};

/** Columns of the result that are a name and nothing else. */
function plainColumns({ targetList = [] }: SelectStmt): readonly string[] {
  return targetList.flatMap((target) => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
    const [field, second] =
      value !== undefined && 'ColumnRef' in value ? (value.ColumnRef.fields ?? []) : [];
    const isPlain = field !== undefined && second === undefined && 'String' in field;
    return isPlain ? [field.String.sval ?? ''] : [];
  });
}

/** The relations of FROM; null where there is something else, of which the columns are not known. */
function sourcesOf({ fromClause = [] }: SelectStmt): readonly RangeVar[] | null {
  const sources: RangeVar[] = [];
  const pending: (Node | undefined)[] = [...fromClause];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('RangeVar' in next && next.RangeVar.alias?.colnames === undefined) {
      sources.push(next.RangeVar);
    } else if ('JoinExpr' in next && next.JoinExpr.alias?.colnames === undefined) {
      pending.push(next.JoinExpr.larg, next.JoinExpr.rarg);
    } else return null;
  }
  return sources.length === 0 ? null : sources;
}
