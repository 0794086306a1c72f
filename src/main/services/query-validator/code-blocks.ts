import { Scanner } from '@shared/sql/scanner';
import { parsePlpgsql, parseSql, type ParseOutcome } from '../../sql/parser';
import { isObject } from '../../sql/syntax-tree';
import { optionArgument, optionIsOn, plainValue } from './options';
import { handled, type Rules, type SyntaxWalk } from './syntax-walk';

/** RawParseMode (parser.h): a whole statement, a type's name, an expression, and x := expression. */
const statementMode = 0;
const typeNameMode = 1;
const firstAssignmentMode = 3;

/** The code between dollar quotes that do not occur in it. */
function dollarQuoted(code: string): string {
  let tag = '$code$';
  while (code.includes(tag)) tag = `$${tag.slice(1, -1)}_$`;
  return `${tag}${code}${tag}`;
}

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
 * Parses the code of a DO. Without a catalog the parser takes t%ROWTYPE for a type without fields
 * and refuses an assignment to one; with the composite type itself it does not.
 */
function parseBlock(code: string): ParseOutcome<unknown> {
  const outcome = parsePlpgsql(`DO ${dollarQuoted(code)}`);
  const plain = outcome.ok ? code : withoutRowTypes(code);
  return plain === code ? outcome : parsePlpgsql(`DO ${dollarQuoted(plain)}`);
}

interface PlpgsqlExpression {
  readonly query: string;
  readonly mode: number;
}

function expressionOf(node: unknown): PlpgsqlExpression | null {
  if (!isObject(node) || !('PLpgSQL_expr' in node) || !isObject(node.PLpgSQL_expr)) return null;
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

/** EXECUTE: a plain string is looked into, anything else only the server knows. */
function visitDynamic({ query }: PlpgsqlExpression, walk: SyntaxWalk): void {
  const outcome = parseSql(`SELECT ${query}`);
  const [node] = outcome.ok ? outcome.value : [];
  const target =
    node !== undefined && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : null;
  const value =
    target !== null && target !== undefined && 'ResTarget' in target
      ? plainValue(target.ResTarget.val)
      : undefined;
  if (typeof value === 'string') {
    walk.visitSql(value);
    return;
  }
  walk.findings.flag('reads', 'writes');
  walk.findings.confirm(
    'dynamic-sql',
    'Runs SQL that is put together at run time (EXECUTE): what it does cannot be told from here.',
  );
  walk.visitSql(`SELECT ${query}`);
}

const dynamicStatements: ReadonlySet<string> = new Set([
  'PLpgSQL_stmt_dynexecute',
  'PLpgSQL_stmt_dynfors',
]);

/** Visits the SQL in a PL/pgSQL tree. */
function visitPlpgsql(tree: unknown, walk: SyntaxWalk): void {
  const pending: { readonly node: unknown; readonly isDynamic: boolean }[] = [
    { node: tree, isDynamic: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, isDynamic } = next;
    if (!isObject(node)) continue;
    const expression = expressionOf(node);
    if (expression !== null) {
      if (isDynamic) visitDynamic(expression, walk);
      else visitExpression(expression, walk);
      continue;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'PLpgSQL_stmt_commit' || key === 'PLpgSQL_stmt_rollback') {
        // The next transaction begins as the session says by then, which a function may have changed.
        walk.findings.flag('cannotRunInTransaction', 'leavesReadOnly');
        walk.findings.notice('ends-transaction', 'It commits or rolls back within its code.');
      }
      if (dynamicStatements.has(key) && isObject(child)) {
        for (const [field, value] of Object.entries(child)) {
          pending.push({ node: value, isDynamic: field === 'query' });
        }
      } else pending.push({ node: child, isDynamic: key === 'dynquery' });
    }
  }
}

/** DO runs its code at once; CREATE FUNCTION only keeps it. */
export const codeBlockRules: Rules = {
  DoStmt(body, walk) {
    const language = plainValue(optionArgument(body.args, 'language')) ?? 'plpgsql';
    const code = plainValue(optionArgument(body.args, 'as'));
    if (typeof code !== 'string') return handled;
    if (!walk.executes) return handled;
    if (language !== 'plpgsql') {
      walk.findings.flag('reads', 'writes');
      walk.findings.confirm(
        'not-understood',
        `Runs code in ${String(language)}, which cannot be examined.`,
      );
      return handled;
    }
    const outcome = parseBlock(code);
    if (outcome.ok) {
      visitPlpgsql(outcome.value, walk);
      // Like a CALL: code that gives no rows is there for what its functions do.
      if (walk.findings.tells('unknown-function')) walk.findings.flag('reads', 'writes');
    } else {
      walk.findings.flag('reads', 'writes');
      walk.findings.confirm(
        'not-understood',
        `Runs code that could not be examined: ${outcome.message}.`,
      );
    }
    return handled;
  },

  CreateFunctionStmt() {
    return handled;
  },

  CallStmt(body, walk) {
    // The call is looked at like that of any function; its name says nothing of what it does.
    walk.findings.flag('reads', 'writes');
    const { funcexpr: _analysed, outargs: _outputs, ...rest } = body;
    walk.visitChildren(rest);
    return handled;
  },

  ExplainStmt(body, walk) {
    // Without ANALYZE the statement is only planned.
    if (optionIsOn(body.options, 'analyze')) walk.visitAll([body.query]);
    else walk.visitStored(body.query);
    return handled;
  },
};
