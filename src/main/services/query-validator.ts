import type { Node } from 'libpg-query';
import type { SqlStatementKind, StatementAnalysis } from '@shared/models/statement-analysis';
import { parseSql } from '../sql/parser';
import { splitStatements, type Statement } from '../sql/statements';
import { dataChangeRules } from './query-validator/data-changes';
import { dropRules } from './query-validator/drops';
import { Findings } from './query-validator/findings';
import { SyntaxWalk, type Rules, type Script } from './query-validator/syntax-walk';

const rules: Rules = { ...dataChangeRules, ...dropRules };

const kinds: Readonly<Record<string, SqlStatementKind>> = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
  TruncateStmt: 'truncate',
  DropStmt: 'drop',
};

function kindOf(node: Node | undefined): SqlStatementKind {
  const [tag] = Object.keys(node ?? {});
  return kinds[tag ?? ''] ?? 'unknown';
}

function analyseStatement(statement: Statement, script: Script): StatementAnalysis {
  const findings = new Findings();
  const { range } = statement;
  if (statement.kind === 'meta-command') {
    findings.notice('meta-command', statement.explanation);
    return findings.toAnalysis({ range, kind: 'meta-command' });
  }
  const outcome = parseSql(statement.kind === 'copy-data' ? statement.command : statement.text);
  if (!outcome.ok) {
    findings.confirm('not-understood', `It could not be examined: ${outcome.message}.`);
    return findings.toAnalysis({ range, kind: 'unknown' });
  }
  new SyntaxWalk(findings, script, rules).visitAll(outcome.value);
  return findings.toAnalysis({ range, kind: kindOf(outcome.value[0]) });
}

/**
 * Says what SQL would do before it is sent, from PostgreSQL's own grammar. It is a seat belt for a
 * person who makes a mistake, not a wall against one who means harm: only the server can be that.
 * All methods need loadParser() to have completed and raise Error when it has not.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- one name for three questions; it holds no state
export class QueryValidator {
  /** One analysis for each statement of the text, in order. Sends nothing. */
  static analyse(sql: string): StatementAnalysis[] {
    const script: Script = { prepared: new Map() };
    return splitStatements(sql).map((statement) => analyseStatement(statement, script));
  }

  /** Whether any statement of the text could destroy something, or could not be understood. */
  static isDangerous(sql: string): boolean {
    return QueryValidator.requiresConfirmation(sql);
  }

  /** Whether a person should be asked before the text runs. */
  static requiresConfirmation(sql: string): boolean {
    return QueryValidator.analyse(sql).some(({ risks }) =>
      risks.some(({ level }) => level === 'confirm'),
    );
  }
}
