import type { Node } from 'libpg-query';
import { parseSql } from '../../sql/parser';
import { isNode, isObject, type NodeBody, type NodeTag } from '../../sql/syntax-tree';
import type { Findings } from './findings';
import { classOf } from './statement-kinds';

/** What a rule answers to keep the walk out of the node's children: it has dealt with them itself. */
export const handled = Symbol('handled');

/** Looks at one kind of node, wherever in a statement it stands. */
export type Rule<Body extends object> = {
  // As a method, so that a rule for one kind of node can stand in a table of rules for any.
  look(body: Body, walk: SyntaxWalk): typeof handled | void;
}['look'];
export type Rules = { readonly [T in NodeTag]?: Rule<NodeBody<T>> };

/** What statements of one script know of each other. */
export interface Script {
  readonly statementCount: number;
  /** Statements by the name under which the script prepared them. */
  readonly prepared: Map<string, Node>;
  /** CREATE statements of the script by the name of the routine, as it is written. */
  readonly routines: Map<string, string>;
}

/** Code within code (DO in DO, EXECUTE of a literal): deeper than this counts as not understood. */
const maxCodeDepth = 8;

/** Where a node stands without its tag, the field tells what it is. */
const untagged: Readonly<Record<string, NodeTag>> = {
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  relation: 'RangeVar',
  rel: 'RangeVar',
  view: 'RangeVar',
  intoClause: 'IntoClause',
  into: 'IntoClause',
  table: 'RangeVar',
  constrrel: 'RangeVar',
  pktable: 'RangeVar',
  funccall: 'FuncCall',
  setstmt: 'VariableSetStmt',
};

/**
 * Walks over the whole tree of a statement and shows each node to its rule, so that a rule sees what
 * it looks for at any depth: in a common table expression, a subquery, a function of FROM, a default.
 */
export class SyntaxWalk {
  /** False inside what is only planned or stored: EXPLAIN, PREPARE, the query of a view. */
  executes = true;
  private codeDepth = 0;
  private openRoutines: ReadonlySet<string> = new Set();
  private readonly rules: Readonly<Record<string, Rule<object> | undefined>>;

  constructor(
    readonly findings: Findings,
    readonly script: Script,
    rules: Rules,
  ) {
    this.rules = rules;
  }

  /** Whether what is visited is written as text in the statement, where names may be variables. */
  get isInCode(): boolean {
    return this.codeDepth > 0;
  }

  /** A walk within the code of a routine; null within its own. */
  intoRoutine(name: string, findings: Findings): SyntaxWalk | null {
    if (this.openRoutines.has(name) || this.codeDepth >= maxCodeDepth) return null;
    const inner = new SyntaxWalk(findings, this.script, this.rules);
    inner.codeDepth = this.codeDepth + 1;
    inner.openRoutines = new Set([...this.openRoutines, name]);
    return inner;
  }

  /** Raises RangeError on a tree too deep for the stack. */
  visit(node: Node): void {
    for (const [tag, body] of Object.entries(node)) this.visitBody(tag, body);
  }

  /** Visits several nodes, of which any may be absent. */
  visitAll(nodes: readonly (Node | undefined)[] | undefined): void {
    for (const node of nodes ?? []) if (node !== undefined) this.visit(node);
  }

  /** Visits what the statement holds but does not run. */
  visitStored(node: Node | undefined): void {
    if (node === undefined) return;
    const before = this.executes;
    this.executes = false;
    this.visit(node);
    this.executes = before;
  }

  /** Visits SQL that the statement runs though it is written as text in it. */
  visitSql(text: string): void {
    if (this.codeDepth >= maxCodeDepth) {
      this.tellNotUnderstood('It nests code within code too deeply to be examined.');
      return;
    }
    const outcome = parseSql(text);
    if (!outcome.ok) {
      this.tellNotUnderstood(`It runs code that could not be examined: ${outcome.message}.`);
      return;
    }
    this.codeDepth += 1;
    for (const node of outcome.value) {
      const flags = classOf(node)?.flags ?? [];
      // Rows of a statement within code are not those of the statement that holds the code.
      if (this.executes) this.findings.flag(...flags.filter((flag) => flag !== 'returnsRows'));
      this.visit(node);
    }
    this.codeDepth -= 1;
  }

  /** Tells of code that nobody can read here: it may do anything. */
  tellNotUnderstood(reason: string): void {
    this.findings.flag('reads', 'writes');
    this.findings.confirm('not-understood', reason);
  }

  /** Visits the children of a node whose rule goes on in its own way. */
  visitChildren(body: object): void {
    for (const [field, child] of Object.entries(body)) {
      if (Array.isArray(child)) this.visitAll(child.filter(isNode));
      else if (isNode(child)) this.visit(child);
      else if (isObject(child)) {
        this.visitBody(untagged[field] ?? field, child);
      }
    }
  }

  private visitBody(tag: string, body: object): void {
    if (this.rules[tag]?.(body, this) !== handled) this.visitChildren(body);
  }
}
