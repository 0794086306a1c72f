import { Scanner } from '@shared/sql/scanner';
import { parsePlpgsql, parseSql, type ParseOutcome } from '../../sql/parser';
import { isObject } from '../../sql/syntax-tree';
import { readableTemplate } from './dynamic-sql';
import type { SyntaxWalk } from './syntax-walk';

/** RawParseMode (parser.h): a whole statement, a type's name, an expression, and x := expression. */
const statementMode = 0;
const typeNameMode = 1;
const firstAssignmentMode = 3;

/** What an assignment in PL/pgSQL assigns: the text behind its first := or =. */
function assignedExpression(text: string): string {
  const scanner = new Scanner(text);
  while (scanner.next()) if (scanner.is('=')) return text.slice(scanner.to);
  return text;
}

/** t%ROWTYPE is the composite type t: blanks in place of the percent sign and the word. */
function withoutRowTypes(code: string): string {
  const scanner = new Scanner(code);
  let result = '';
  let copied = 0;
  let percent = -1;
  while (scanner.next()) {
    const isRowType =
      percent >= 0 && code.slice(scanner.from, scanner.to).toLowerCase() === 'rowtype';
    if (isRowType) {
      result += code.slice(copied, percent) + ' '.repeat(scanner.to - percent);
      copied = scanner.to;
    }
    percent = scanner.is('%') ? scanner.from : -1;
  }
  return result + code.slice(copied);
}

/**
 * Parses the statement that holds the code. Without a catalog the parser takes t%ROWTYPE for a type
 * without fields and refuses an assignment to one; with the composite type itself it does not.
 */
function parseHolder(code: string, holderOf: (code: string) => string): ParseOutcome<unknown> {
  const outcome = parsePlpgsql(holderOf(code));
  const plain = outcome.ok ? code : withoutRowTypes(code);
  return plain === code ? outcome : parsePlpgsql(holderOf(plain));
}

interface PlpgsqlExpression {
  readonly query: string;
  readonly mode: number;
}

function expressionOf(node: object): PlpgsqlExpression | null {
  if (!('PLpgSQL_expr' in node) || !isObject(node.PLpgSQL_expr)) return null;
  const { PLpgSQL_expr: expression } = node;
  if (!('query' in expression) || typeof expression.query !== 'string') return null;
  const mode = 'parseMode' in expression ? expression.parseMode : statementMode;
  return { query: expression.query, mode: typeof mode === 'number' ? mode : statementMode };
}

function visitExpression({ query, mode }: PlpgsqlExpression, walk: SyntaxWalk): void {
  if (mode === typeNameMode) return;
  if (mode === statementMode) walk.visitSql(query);
  else walk.visitSql(`SELECT ${mode < firstAssignmentMode ? query : assignedExpression(query)}`);
}

/** EXECUTE: what is fixed but for names and values is looked into, of anything else only the server knows. */
function visitDynamic({ query }: PlpgsqlExpression, walk: SyntaxWalk): void {
  const outcome = parseSql(`SELECT ${query}`);
  const [node] = outcome.ok ? outcome.value : [];
  const target =
    node !== undefined && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined;
  const template =
    target !== undefined && 'ResTarget' in target
      ? readableTemplate(target.ResTarget.val, walk.script)
      : undefined;
  if (template === undefined) {
    walk.findings.flag('reads', 'writes');
    walk.findings.confirm(
      'dynamic-sql',
      'Runs SQL that is put together at run time (EXECUTE): what it does cannot be told from here.',
    );
  } else walk.visitSql(template);
  walk.visitSql(`SELECT ${query}`);
}

const dynamicStatements: ReadonlySet<string> = new Set([
  'PLpgSQL_stmt_dynexecute',
  'PLpgSQL_stmt_dynfors',
]);

/** Visits the SQL in a PL/pgSQL tree, in the order of the code. */
function visitTree(node: unknown, walk: SyntaxWalk, isDynamic = false): void {
  if (!isObject(node)) return;
  const expression = expressionOf(node);
  if (expression !== null) {
    if (isDynamic) visitDynamic(expression, walk);
    else visitExpression(expression, walk);
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key === 'PLpgSQL_stmt_commit' || key === 'PLpgSQL_stmt_rollback') {
      // The next transaction begins as the session says by then, which a function may have changed.
      walk.findings.flag('cannotRunInTransaction', 'leavesReadOnly');
      walk.findings.notice('ends-transaction', 'It commits or rolls back within its code.');
    }
    if (dynamicStatements.has(key) && isObject(child)) {
      for (const [field, value] of Object.entries(child)) {
        visitTree(value, walk, field === 'query');
      }
    } else visitTree(child, walk, key === 'dynquery');
  }
}

/**
 * Visits the SQL in PL/pgSQL code. The parser takes it within a DO or a CREATE FUNCTION, which
 * `holderOf` writes around it. Raises RangeError on code nested too deeply for the stack.
 */
export function visitPlpgsql(
  code: string,
  holderOf: (code: string) => string,
  walk: SyntaxWalk,
): void {
  const outcome = parseHolder(code, holderOf);
  if (outcome.ok) visitTree(outcome.value, walk);
  else walk.tellNotUnderstood(`It runs code that could not be examined: ${outcome.message}.`);
}
