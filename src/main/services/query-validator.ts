import type { Node } from 'libpg-query';
import type { RiskCode, StatementAnalysis } from '@shared/models/statement-analysis';
import { splitStatements, type Statement } from '@shared/sql/statements';
import { parseSql, type ParseFailure } from '../sql/parser';
import { alterationRules } from './query-validator/alterations';
import { codeBlockRules } from './query-validator/code-blocks';
import { creationRules } from './query-validator/creations';
import { dataChangeRules } from './query-validator/data-changes';
import { dropRules } from './query-validator/drops';
import { Findings } from './query-validator/findings';
import { functionRules } from './query-validator/functions';
import { maintenanceRules } from './query-validator/maintenance';
import { queryRules } from './query-validator/queries';
import { mayReturnRows } from './query-validator/returns-rows';
import { rightsRules } from './query-validator/rights';
import { createdRoutine, examineRoutine } from './query-validator/routines';
import { serverRules } from './query-validator/server';
import { sessionRules } from './query-validator/session';
import { classOf } from './query-validator/statement-kinds';
import { subqueryRules } from './query-validator/subquery-columns';
import { SyntaxWalk, type Rules, type Script } from './query-validator/syntax-walk';
import { transactionRules } from './query-validator/transactions';

const rules: Rules = {
  ...alterationRules,
  ...codeBlockRules,
  ...creationRules,
  ...dataChangeRules,
  ...dropRules,
  ...functionRules,
  ...maintenanceRules,
  ...queryRules,
  ...rightsRules,
  ...serverRules,
  ...sessionRules,
  ...subqueryRules,
  ...transactionRules,
};

/** Risks that ask for confirmation though nothing is lost: others wait, or settings change. */
const notDestructive: ReadonlySet<RiskCode> = new Set([
  'blocks-others',
  'rewrites-table',
  'scans-table',
  'changes-rights',
  'changes-server',
  'installs-code',
  'changes-session-safety',
  'ends-transaction',
  'meta-command',
]);

const newScript = (statementCount: number): Script => ({
  prepared: new Map(),
  routines: new Map(),
  statementCount,
});

type Subject = Pick<StatementAnalysis, 'range' | 'kind'>;

function notUnderstood(findings: Findings, subject: Subject, why: string): StatementAnalysis {
  // What cannot be read may do anything.
  findings.flag('reads', 'writes', 'changesStructure', 'changesSession', 'returnsRows');
  findings.confirm('not-understood', `It could not be examined: ${why}.`);
  return findings.toAnalysis(subject);
}

/** The parser's message; psql's variables are told apart, since scripts for psql are full of them. */
function explain({ message, position }: ParseFailure, text: string): string {
  const isVariable =
    position !== null && /^:['"{]?[A-Za-z_]/.test(text.slice(position, position + 3));
  return isVariable
    ? `${message}. Variables of psql are not replaced here: write the value in their place`
    : message;
}

function analyseTree(node: Node, subject: Subject, script: Script): StatementAnalysis {
  const findings = new Findings();
  const found = classOf(node);
  if (found === undefined) {
    return notUnderstood(findings, subject, `${Object.keys(node).join()} is not known here`);
  }
  findings.flag(...found.flags);
  if (mayReturnRows(node)) findings.flag('returnsRows');
  try {
    new SyntaxWalk(findings, script, rules).visit(node);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return notUnderstood(findings, subject, 'it is nested too deeply');
  }
  return findings.toAnalysis({ ...subject, kind: found.kind });
}

function analyseStatement(statement: Statement, script: Script): StatementAnalysis {
  const { range } = statement;
  if (statement.kind === 'meta-command') {
    const findings = new Findings();
    const reason = `\\${statement.command} is left out. ${statement.explanation}`;
    findings[statement.affectsWhatFollows ? 'confirm' : 'notice']('meta-command', reason);
    return findings.toAnalysis({ range, kind: 'meta-command' });
  }
  const subject: Subject = { range, kind: 'unknown' };
  const text = statement.kind === 'copy-data' ? statement.command : statement.text;
  const outcome = parseSql(text);
  if (!outcome.ok) return notUnderstood(new Findings(), subject, explain(outcome, text));
  const [node, second] = outcome.value;
  if (node === undefined || second !== undefined) {
    return notUnderstood(new Findings(), subject, 'it is not one statement');
  }
  const routine = createdRoutine(node);
  if (routine !== null) script.routines.set(routine, text);
  return analyseTree(node, subject, script);
}

const asks = (risk: StatementAnalysis['risks'][number]): boolean => risk.level === 'confirm';

/**
 * Says what SQL would do before it is sent, from PostgreSQL's own grammar. It is a seat belt for a
 * person who makes a mistake, not a wall against one who means harm: only the server can be that.
 * All methods need loadParser() to have completed and raise Error when it has not.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- one name for three questions; it holds no state
export class QueryValidator {
  /** One analysis for each statement of the text, in order. Sends nothing. */
  static analyse(sql: string): StatementAnalysis[] {
    const statements = splitStatements(sql);
    return statements.map(QueryValidator.inScript(statements.length));
  }

  /** Analyses the statements of a script of so many, one call for each in their order. */
  static inScript(statementCount: number): (statement: Statement) => StatementAnalysis {
    const script = newScript(statementCount);
    return (statement) => analyseStatement(statement, script);
  }

  /**
   * The analysis of one statement of a text, as `splitStatements` or `statementAt` found it: for a
   * single run in a long script. Of the statements above it only those that prepare or forget
   * statements are looked at, and only if it may execute one.
   */
  static analyseOne(sql: string, statement: Statement): StatementAnalysis {
    const script = newScript(1);
    if (/\bexecute\b/i.test(statement.text)) {
      for (const earlier of splitStatements(sql)) {
        if (earlier.range.from >= statement.range.from) break;
        if (/\b(?:prepare|deallocate|discard)\b/i.test(earlier.text)) {
          analyseStatement(earlier, script);
        }
      }
    }
    return analyseStatement(statement, script);
  }

  /**
   * What calling a routine would do, from its CREATE statement: the risks of its code, each with the
   * name that is given. Of code in another language than SQL and PL/pgSQL nothing is known.
   */
  static analyseRoutine(name: string, definition: string): StatementAnalysis {
    const findings = new Findings();
    const subject: Subject = { range: { from: 0, to: definition.length }, kind: 'call' };
    try {
      examineRoutine(name, definition, new SyntaxWalk(findings, newScript(1), rules));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      findings.flag('reads', 'writes');
    }
    return findings.toAnalysis(subject);
  }

  /** What a statement counts as that nothing is known of, with the reason in words: it asks. */
  static unknown({ range }: Statement, why: string): StatementAnalysis {
    return notUnderstood(new Findings(), { range, kind: 'unknown' }, why);
  }

  /**
   * Whether any statement of the text may destroy data, structure or what guards them, or could not
   * be understood. Narrower than requiresConfirmation, which also asks where others would have to
   * wait and where rights or settings change.
   */
  static isDangerous(sql: string): boolean {
    return QueryValidator.analyse(sql).some(({ risks }) =>
      risks.some((risk) => asks(risk) && !notDestructive.has(risk.code)),
    );
  }

  /** Whether a person should be asked before the text runs. */
  static requiresConfirmation(sql: string): boolean {
    return QueryValidator.analyse(sql).some(({ risks }) => risks.some(asks));
  }
}
