import type { Node } from 'libpg-query';
import { parseSql } from '../../sql/parser';
import { Findings } from './findings';
import { optionArgument, plainValue } from './options';
import { visitPlpgsql } from './plpgsql';
import { dottedName, nameParts } from './relation-name';
import type { SyntaxWalk } from './syntax-walk';

/** The name that a CREATE FUNCTION or CREATE PROCEDURE gives; null for any other statement. */
export function createdRoutine(statement: Node): string | null {
  if (!('CreateFunctionStmt' in statement)) return null;
  return dottedName((statement.CreateFunctionStmt.funcname ?? []).flatMap(nameParts));
}

/**
 * Looks into the code of a routine that a statement calls. What it finds counts as what the statement
 * does. A routine was put there by somebody who knew its code: that some of it cannot be told is
 * worth a word, and no question.
 */
export function examineRoutine(name: string, definition: string, walk: SyntaxWalk): void {
  const inner = walk.intoRoutine(name, new Findings());
  if (inner === null) return;
  visitCode(definition, inner);
  walk.findings.takeOverRoutine(name, inner.findings);
}

function visitCode(definition: string, walk: SyntaxWalk): void {
  const outcome = parseSql(definition);
  const [node] = outcome.ok ? outcome.value : [];
  if (node === undefined || !('CreateFunctionStmt' in node)) {
    // The syntax of a newer server, it may be.
    walk.tellNotUnderstood('Its code could not be examined.');
    return;
  }
  const { options, sql_body: body } = node.CreateFunctionStmt;
  if (body !== undefined) {
    walk.visit(body);
    return;
  }
  const source = optionArgument(options, 'as');
  const code = plainValue(
    source !== undefined && 'List' in source ? source.List.items?.[0] : source,
  );
  if (typeof code !== 'string') return;
  const language = plainValue(optionArgument(options, 'language'));
  if (language === 'sql') walk.visitSql(code);
  else if (language === 'plpgsql') {
    visitPlpgsql(code, (changed) => definition.replace(code, () => changed), walk);
  }
}
