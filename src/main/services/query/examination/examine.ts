import type { RunTarget } from '@shared/models/query-result';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { ExplainMode } from '@shared/sql/explain';
import { findParameters, maskNamedParameters, type ParameterUse } from '@shared/sql/parameters';
import type { Statement } from '@shared/sql/statements';
import { loadParser } from '../../../sql/parser';
import { QueryValidator } from '../../query-validator';
import { explainedStatement } from '../run/explained-statement';
import { type TargetStatement, targetStatements } from '../run/target-statements';

/** Statements that are to be looked at. */
export interface ExaminationRequest {
  readonly text: string;
  readonly target: RunTarget;
  /** Whether the statements are to be explained in place of being run. */
  readonly explain?: ExplainMode | undefined;
}

/** A statement with its place in the submitted text, and the parameters in it. */
export interface FoundStatement extends TargetStatement {
  readonly parameters: readonly ParameterUse[];
}

/** A statement with what it would do. */
export interface ExaminedStatement extends FoundStatement {
  readonly analysis: StatementAnalysis;
}

/** The statements that a target stands for, in order. Raises nothing. */
export function findStatements({ text, target }: ExaminationRequest): readonly FoundStatement[] {
  return targetStatements(text, target).map(({ statement, range }) => {
    const parameters = statement.kind === 'sql' ? findParameters(statement.text) : [];
    return { statement, range, parameters };
  });
}

/** The statements that a target stands for and what each would do, in order. */
export async function* examineStatements(
  request: ExaminationRequest,
): AsyncGenerator<ExaminedStatement> {
  await loadParser();
  const all = findStatements(request);
  const analyse = analyserOf(request, all.length);
  for (const found of all) {
    const analysis = analyse(withoutNames(found));
    yield { ...found, analysis };
    // A statement that was too complex may have used up the parser.
    if (analysis.kind === 'unknown') await loadParser();
  }
}

function analyserOf(
  { text, target, explain }: ExaminationRequest,
  count: number,
): (statement: Statement) => StatementAnalysis {
  // The whole text is given along, so that an EXECUTE knows what was prepared above it.
  if (explain !== undefined) {
    return (statement) => QueryValidator.analyseOne(text, explainedStatement(statement, explain));
  }
  return target.kind === 'statement-at'
    ? (statement) => QueryValidator.analyseOne(text, statement)
    : QueryValidator.inScript(count);
}

/** The grammar knows no `:name`: an analysis is of `$1` in its place. All offsets stay. */
function withoutNames({ statement, parameters }: FoundStatement): Statement {
  return parameters.length === 0
    ? statement
    : { ...statement, text: maskNamedParameters(statement.text, parameters) };
}
