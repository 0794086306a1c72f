import type { A_Expr, BooleanTest, Node, RangeVar } from 'libpg-query';
import { columnSamples } from './column-samples';
import { compareConstants } from './compare-constants';
import { areOpposite, type Comparison, operatorOf } from './opposites';
import { constantValue, toBoolean, type Value } from './options';
import { isSameExpression } from './same-expression';
import { columnPath } from './relation-name';
import { nameOf, namesOfItself } from './sources';
import { subqueryValue, type Surroundings } from './subqueries';
import { takesEveryText } from './text-patterns';

/** A value as another type; undefined where that may write it in another way: '1.0'::numeric is 1. */
function castValue(value: Value, type: string | undefined): Value {
  if (value === null) return null;
  if (type === 'bool') return toBoolean(value);
  if (type === 'text') return typeof value === 'string' ? value : undefined;
  return Number.isInteger(value) && /^int[248]$/.test(type ?? '') ? value : undefined;
}

function typeOf(node: Node): string | undefined {
  const last = 'TypeCast' in node ? node.TypeCast.typeName?.names?.at(-1) : undefined;
  return last !== undefined && 'String' in last ? last.String.sval : undefined;
}

const listItems = (node: Node | undefined): readonly Node[] =>
  node !== undefined && 'List' in node ? (node.List.items ?? []) : [];

const noNames: ReadonlySet<string> = new Set();

interface FoldingTerms {
  /** Columns of the target count as never NULL, and those of which it mattered are added to this. */
  readonly neverNull?: Set<string>;
  /** What a column is taken to hold. */
  readonly assumed?: { readonly column: string; readonly value: Value };
  /** By what the target is joined with itself: each row meets itself at least. */
  readonly joinedNames?: ReadonlySet<string>;
  /** Names of common table expressions, which hide the relations of these names. */
  readonly queryNames?: ReadonlySet<string>;
}

/**
 * Folds conditions as the planner would, and a little further: x = x counts as true though it is
 * unknown where x is NULL, since whoever writes it means all rows.
 */
export class ConstantFolding implements Surroundings {
  /** The name by which columns of the target are qualified: t.id and id are the same column. */
  private readonly targetName: string | undefined;
  private readonly truths = new Map<Node, boolean | null | undefined>();
  private readonly neverNull: Set<string> | undefined;
  private readonly assumed: FoldingTerms['assumed'];
  private readonly joinedNames: ReadonlySet<string>;
  private readonly queryNames: ReadonlySet<string>;

  constructor(
    private readonly target: RangeVar | undefined,
    { neverNull, assumed, joinedNames = noNames, queryNames = noNames }: FoldingTerms = {},
  ) {
    this.targetName = nameOf(target);
    this.neverNull = neverNull;
    this.assumed = assumed;
    this.joinedNames = joinedNames;
    this.queryNames = queryNames;
  }

  /** The value of an expression; undefined for what only the row or the moment can tell. */
  evaluate(node: Node | undefined): Value {
    if (node === undefined) return undefined;
    if ('A_Const' in node) return constantValue(node.A_Const);
    if ('ColumnRef' in node) {
      return this.assumed?.column === this.unqualified(node) ? this.assumed?.value : undefined;
    }
    if ('TypeCast' in node) return castValue(this.evaluate(node.TypeCast.arg), typeOf(node));
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
    return 'SubLink' in node ? subqueryValue(node.SubLink, this) : undefined;
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

  /** The same for a query that reads the target once more: each row meets itself. Null for any other query. */
  meetingItself(sources: readonly Node[]): Surroundings | null {
    const { queryNames } = this;
    const joinedNames = namesOfItself(sources, this.target, queryNames);
    return joinedNames.size === 0
      ? null
      : new ConstantFolding(this.target, { joinedNames, queryNames });
  }

  private logic(operator: string | undefined, args: readonly Node[]): Value {
    const values = args.map((arg) => this.truth(arg));
    const [first] = args;
    if (operator === 'NOT_EXPR' && first !== undefined) {
      const [value] = values;
      if (typeof value === 'boolean') return !value;
      return value === undefined ? this.denial(first) : value;
    }
    const decisive = operator === 'OR_EXPR';
    if (values.includes(decisive)) return decisive;
    if (decisive && (this.holdsOpposites(args) || this.takesEveryValue(args))) return true;
    if (values.includes(undefined)) return undefined;
    return values.includes(null) ? null : !decisive;
  }

  /** NOT (a = 1 AND a = 2) is a <> 1 OR a <> 2. */
  private denial(node: Node): Value {
    if (!('BoolExpr' in node) || node.BoolExpr.boolop !== 'AND_EXPR') return undefined;
    const denied = (node.BoolExpr.args ?? []).map((arg): Node => ({
      BoolExpr: { boolop: 'NOT_EXPR', args: [arg] },
    }));
    return this.takesEveryValue(denied) ? true : undefined;
  }

  /** x IS NULL OR x IS NOT NULL; x = 1 OR x <> 1; p OR NOT p. Long lists, which programs write, are left alone. */
  private holdsOpposites(args: readonly Node[]): boolean {
    if (args.length > 8) return false;
    const isSame: Comparison = (left, right) => this.isSame(left, right);
    return args.some((left) => args.some((right) => areOpposite(left, right, isSame)));
  }

  /** x <> 1 OR x <> 2; x < 5 OR x > 3; x IN (true, false). */
  private takesEveryValue(args: readonly Node[]): boolean {
    if (this.assumed !== undefined) return false;
    return columnSamples(args, (node) => this.unqualified(node)).some(({ column, parts, values }) =>
      values.every((value) => {
        const folding = new ConstantFolding(this.target, { assumed: { column, value } });
        return parts.some((part) => folding.truth(part) === true);
      }),
    );
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

  private operator(expression: A_Expr): Value {
    const { lexpr, rexpr } = expression;
    const operator = operatorOf(expression);
    if (lexpr === undefined || rexpr === undefined || operator === undefined) return undefined;
    if (takesEveryText(expression, (node) => this.evaluate(node))) return true;
    const kind: string = expression.kind ?? '';
    switch (kind) {
      case 'AEXPR_OP':
        return this.comparison(lexpr, operator, rexpr);
      case 'AEXPR_NOT_DISTINCT':
        return this.isSame(lexpr, rexpr) ? true : undefined;
      case 'AEXPR_DISTINCT':
        return this.isSame(lexpr, rexpr) ? false : undefined;
      case 'AEXPR_IN':
        return this.membership(lexpr, operator, listItems(rexpr));
      case 'AEXPR_OP_ANY': {
        if (operator !== '=') return undefined;
        if ('A_ArrayExpr' in rexpr) {
          return this.membership(lexpr, operator, rexpr.A_ArrayExpr.elements ?? []);
        }
        // id = ANY (ARRAY (SELECT …)) is IN.
        const isQuery = 'SubLink' in rexpr && rexpr.SubLink.subLinkType === 'ARRAY_SUBLINK';
        return isQuery
          ? subqueryValue({ ...rexpr.SubLink, subLinkType: 'ANY_SUBLINK', testexpr: lexpr }, this)
          : undefined;
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

  private membership(lexpr: Node, operator: string, items: readonly Node[]): Value {
    const found = items.map((item) => this.comparison(lexpr, '=', item));
    if (found.includes(true)) return operator === '=';
    return found.every((value) => value === false) ? operator !== '=' : undefined;
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
    return isSameExpression(left, right);
  }

  /** A column's name without the name of the target; null for anything else. */
  private unqualified(node: Node): string | null {
    const path = columnPath(node);
    return path.length === 0 ? null : (this.targetColumn(node) ?? JSON.stringify(path));
  }

  /** The name of a column that is, or may be, the target's; null for anything else. */
  targetColumn(node: Node): string | null {
    const path = columnPath(node);
    const qualifier = path.at(-2);
    const isTargets =
      qualifier === undefined || qualifier === this.targetName || this.joinedNames.has(qualifier);
    return isTargets ? (path.at(-1) ?? null) : null;
  }
}
