import type { A_Expr, BooleanTest, Node, RangeVar, SelectStmt, SubLink } from 'libpg-query';
import { compareConstants } from './compare-constants';
import { constantValue, toBoolean, type Value } from './options';

function typeOf(node: Node): string | undefined {
  const last = 'TypeCast' in node ? node.TypeCast.typeName?.names?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

function operatorOf(expression: A_Expr): string | undefined {
  const last = expression.name?.at(-1);
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

/** Where one of these holds, or x is NULL, the other does not. */
const oppositeOperators: ReadonlyMap<string | undefined, string> = new Map([
  ['=', '<>'],
  ['<', '>='],
  ['>', '<='],
]);
const oppositeTests: ReadonlyMap<string | undefined, string> = new Map([
  ['IS_TRUE', 'IS_NOT_TRUE'],
  ['IS_FALSE', 'IS_NOT_FALSE'],
  ['IS_UNKNOWN', 'IS_NOT_UNKNOWN'],
]);

const listItems = (node: Node | undefined): readonly Node[] =>
  node !== undefined && 'List' in node ? (node.List.items ?? []) : [];

const isEquality = ({ operName: [operator] = [] }: SubLink): boolean =>
  operator === undefined || ('String' in operator && operator.String.sval === '=');

/** What kind of node it is: its one key. */
const tagOf = (node: Node): string | undefined => Object.keys(node)[0];

const withoutLocations = (key: string, value: unknown): unknown =>
  key === 'location' ? undefined : value;

/** Names of a column reference, the qualifier first; empty for anything else. */
const columnPath = (node: Node): readonly string[] =>
  'ColumnRef' in node
    ? (node.ColumnRef.fields ?? []).flatMap((field) =>
        'String' in field ? [field.String.sval ?? ''] : [],
      )
    : [];

/**
 * Folds conditions as the planner would, and a little further: x = x counts as true though it is
 * unknown where x is NULL, since whoever writes it means all rows.
 */
export class ConstantFolding {
  /** The name by which columns of the target are qualified: t.id and id are the same column. */
  private readonly targetName: string | undefined;
  private readonly truths = new Map<Node, boolean | null | undefined>();

  /**
   * With `neverNull`, columns of the target count as never NULL, and those of which it mattered are
   * added to it.
   */
  constructor(
    private readonly target: RangeVar | undefined,
    private readonly neverNull?: Set<string>,
  ) {
    this.targetName = target?.alias?.aliasname ?? target?.relname;
  }

  /** The value of an expression; undefined for what only the row or the moment can tell. */
  evaluate(node: Node | undefined): Value {
    if (node === undefined) return undefined;
    if ('A_Const' in node) return constantValue(node.A_Const);
    if ('TypeCast' in node) {
      const value = this.evaluate(node.TypeCast.arg);
      return typeOf(node) === 'bool' ? toBoolean(value) : value;
    }
    if ('BoolExpr' in node) return this.logic(node.BoolExpr.boolop, node.BoolExpr.args ?? []);
    if ('A_Expr' in node) return this.operator(node.A_Expr);
    if ('CoalesceExpr' in node) {
      // The first that is not NULL counts, also when it is not known.
      const values = (node.CoalesceExpr.args ?? []).map((arg) => this.evaluate(arg));
      const index = values.findIndex((value) => value !== null);
      return index < 0 ? null : values[index];
    }
    if ('NullTest' in node) {
      const { arg } = node.NullTest;
      const value = this.evaluate(arg);
      if (value === undefined) return this.columnTest(arg, node.NullTest.nulltesttype);
      return (value === null) === (node.NullTest.nulltesttype === 'IS_NULL');
    }
    if ('BooleanTest' in node) return this.booleanTest(node.BooleanTest);
    return 'SubLink' in node ? this.subquery(node.SubLink) : undefined;
  }

  /** Whether a condition holds for every row; undefined where that depends on the row or the moment. */
  truth(condition: Node | undefined): boolean | null | undefined {
    if (condition === undefined) return undefined;
    // The sides of AND and OR are asked about on every level above them.
    if (!this.truths.has(condition)) {
      this.truths.set(condition, toBoolean(this.evaluate(condition)));
    }
    return this.truths.get(condition);
  }

  private logic(operator: string | undefined, args: readonly Node[]): Value {
    const values = args.map((arg) => this.truth(arg));
    if (operator === 'NOT_EXPR') {
      const [value] = values;
      return typeof value === 'boolean' ? !value : value;
    }
    const decisive = operator === 'OR_EXPR';
    if (values.includes(decisive)) return decisive;
    if (decisive && this.holdsOpposites(args)) return true;
    if (values.includes(undefined)) return undefined;
    return values.includes(null) ? null : !decisive;
  }

  /** x IS NULL OR x IS NOT NULL; x = 1 OR x <> 1; p OR NOT p. Long lists, which programs write, are left alone. */
  private holdsOpposites(args: readonly Node[]): boolean {
    if (args.length > 8) return false;
    return args.some((left) => args.some((right) => this.areOpposite(left, right)));
  }

  private areOpposite(left: Node, right: Node): boolean {
    if ('NullTest' in left && 'NullTest' in right) {
      return (
        left.NullTest.nulltesttype !== right.NullTest.nulltesttype &&
        this.isSame(left.NullTest.arg, right.NullTest.arg)
      );
    }
    if ('BooleanTest' in left && 'BooleanTest' in right) {
      return (
        right.BooleanTest.booltesttype === oppositeTests.get(left.BooleanTest.booltesttype) &&
        this.isSame(left.BooleanTest.arg, right.BooleanTest.arg)
      );
    }
    if ('A_Expr' in left && 'A_Expr' in right) {
      return (
        operatorOf(right.A_Expr) === oppositeOperators.get(operatorOf(left.A_Expr)) &&
        this.isSame(left.A_Expr.lexpr, right.A_Expr.lexpr) &&
        this.isSame(left.A_Expr.rexpr, right.A_Expr.rexpr)
      );
    }
    if ('BoolExpr' in right && right.BoolExpr.boolop === 'NOT_EXPR') {
      return this.isSame(left, right.BoolExpr.args?.[0]);
    }
    return false;
  }

  private columnTest(node: Node | undefined, test: string | undefined): Value {
    const column = node === undefined ? null : this.targetColumn(node);
    if (this.neverNull === undefined || column === null) return undefined;
    this.neverNull.add(column);
    return test === 'IS_NOT_NULL';
  }

  private booleanTest(test: BooleanTest): Value {
    const value = this.truth(test.arg);
    if (value === undefined) return undefined;
    const kind: string = test.booltesttype ?? '';
    switch (kind) {
      case 'IS_TRUE':
        return value === true;
      case 'IS_NOT_TRUE':
        return value !== true;
      case 'IS_FALSE':
        return value === false;
      case 'IS_NOT_FALSE':
        return value !== false;
      case 'IS_UNKNOWN':
        return value === null;
      case 'IS_NOT_UNKNOWN':
        return value !== null;
      default:
        return undefined;
    }
  }

  private subquery(link: SubLink): Value {
    const { subLinkType, subselect, testexpr } = link;
    if (subselect === undefined || !('SelectStmt' in subselect)) return undefined;
    const select = subselect.SelectStmt;
    const takesAll =
      select.op === 'SETOP_NONE' &&
      select.whereClause === undefined &&
      select.groupClause === undefined &&
      select.havingClause === undefined &&
      select.limitCount === undefined &&
      select.limitOffset === undefined;
    const [first] = select.targetList ?? [];
    const value = first !== undefined && 'ResTarget' in first ? first.ResTarget.val : undefined;
    if (!takesAll) return undefined;
    // id IN (SELECT id FROM the target itself), also as = ANY (…)
    if (subLinkType === 'ANY_SUBLINK' && isEquality(link)) {
      return this.readsTarget(select) && this.isSame(testexpr, value) ? true : undefined;
    }
    // (SELECT true) and EXISTS (SELECT 1) read nothing.
    if (select.fromClause !== undefined) return undefined;
    if (subLinkType === 'EXISTS_SUBLINK') return true;
    return subLinkType === 'EXPR_SUBLINK' ? this.evaluate(value) : undefined;
  }

  private readsTarget({ fromClause = [] }: SelectStmt): boolean {
    const [source, second] = fromClause;
    if (source === undefined || second !== undefined || !('RangeVar' in source)) return false;
    const { relname, schemaname } = source.RangeVar;
    return relname === this.target?.relname && schemaname === this.target?.schemaname;
  }

  private operator(expression: A_Expr): Value {
    const { lexpr, rexpr } = expression;
    const operator = operatorOf(expression);
    if (lexpr === undefined || rexpr === undefined || operator === undefined) return undefined;
    const kind: string = expression.kind ?? '';
    switch (kind) {
      case 'AEXPR_OP':
        return this.comparison(lexpr, operator, rexpr);
      case 'AEXPR_NOT_DISTINCT':
        return this.isSame(lexpr, rexpr) ? true : undefined;
      case 'AEXPR_DISTINCT':
        return this.isSame(lexpr, rexpr) ? false : undefined;
      case 'AEXPR_IN': {
        const found = listItems(rexpr).map((item) => this.comparison(lexpr, '=', item));
        if (found.includes(true)) return operator === '=';
        return found.every((value) => value === false) ? operator !== '=' : undefined;
      }
      case 'AEXPR_LIKE':
      case 'AEXPR_ILIKE': {
        // LIKE '%' holds for every text; only NULL escapes it.
        const pattern = this.evaluate(rexpr);
        const takesAll = typeof pattern === 'string' && /^%+$/.test(pattern);
        return takesAll && !operator.startsWith('!') ? true : undefined;
      }
      case 'AEXPR_BETWEEN':
      case 'AEXPR_BETWEEN_SYM': {
        const [low, high] = listItems(rexpr);
        if (low === undefined || high === undefined) return undefined;
        const isWithin =
          this.comparison(lexpr, '>=', low) === true && this.comparison(lexpr, '<=', high) === true;
        return isWithin ? true : undefined;
      }
      default:
        return undefined;
    }
  }

  private comparison(lexpr: Node, operator: string, rexpr: Node): Value {
    const left = this.evaluate(lexpr);
    const right = this.evaluate(rexpr);
    if (left === null || right === null) return null;
    if (left !== undefined && right !== undefined) return compareConstants(left, operator, right);
    if (left !== undefined || right !== undefined || !this.isSame(lexpr, rexpr)) return undefined;
    if (operator === '=' || operator === '<=' || operator === '>=') return true;
    return operator === '<>' || operator === '<' || operator === '>' ? false : undefined;
  }

  /** Whether two expressions are written alike and give the same value each time. */
  private isSame(left: Node | undefined, right: Node | undefined): boolean {
    if (left === undefined || right === undefined) return false;
    const [leftPath, rightPath] = [this.unqualified(left), this.unqualified(right)];
    if (leftPath !== null && rightPath !== null) return leftPath === rightPath;
    if ('FuncCall' in left || tagOf(left) !== tagOf(right)) return false;
    return JSON.stringify(left, withoutLocations) === JSON.stringify(right, withoutLocations);
  }

  /** A column's name without the name of the target; null for anything else. */
  private unqualified(node: Node): string | null {
    const path = columnPath(node);
    return path.length === 0 ? null : (this.targetColumn(node) ?? JSON.stringify(path));
  }

  /** The name of a column that is, or may be, the target's; null for anything else. */
  private targetColumn(node: Node): string | null {
    const path = columnPath(node);
    const isTargets = path.length === 1 || path.at(-2) === this.targetName;
    return isTargets ? (path.at(-1) ?? null) : null;
  }
}
