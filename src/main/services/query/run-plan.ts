import type { ParameterValues } from '@shared/models/query-parameter';
import type { RunTarget, TextRange } from '@shared/models/query-result';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { ExplainMode } from '@shared/sql/explain';
import { maskNamedParameters } from '@shared/sql/parameters';
import type { Statement } from '@shared/sql/statements';
import { DatabaseError } from '../../db/errors';
import { QueryValidator } from '../query-validator';
import { explainedSent, explainedStatement } from './explained-statement';
import { type SentStatement, sentStatement } from './parameters';
import { type TargetStatement, targetStatements } from './target-statements';

/** A statement that is going to run, with what is known of it beforehand. */
export interface PlannedStatement {
  readonly statement: Statement;
  readonly range: TextRange;
  readonly analysis: StatementAnalysis;
  /** What the server gets. */
  readonly sent: SentStatement;
}

/** Texts above this length are analysed in slices, so that the process goes on answering. UTF-16 units. */
const longText = 100_000;

/**
 * The statements that a target stands for, in order, with ranges in the submitted text. Raises
 * DatabaseError of kind InvalidInput when there is nothing to run, and when a parameter has no value.
 * With `explain`, each statement is explained in place of being run.
 */
export async function planRun(
  text: string,
  target: RunTarget,
  values: ParameterValues = {},
  explain?: ExplainMode,
): Promise<PlannedStatement[]> {
  if (text.includes('\0')) {
    // It would end the text within the protocol's message and leave the rest unsent.
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'The text holds a NUL character, which PostgreSQL cannot take.',
      advice: 'Remove it and run again.',
      position: text.indexOf('\0'),
    });
  }
  const planned = await plan(text, target, values, explain);
  if (planned.length === 0) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'There is no statement to run here.',
      advice: 'Put the cursor into a statement, or select one.',
    });
  }
  return planned;
}

async function plan(
  text: string,
  target: RunTarget,
  values: ParameterValues,
  explain: ExplainMode | undefined,
): Promise<PlannedStatement[]> {
  const found = targetStatements(text, target);
  const sent = found.map(({ statement, range }) => {
    const own = sentStatement(statement, range.from, values);
    return explain === undefined || statement.kind !== 'sql' ? own : explainedSent(own, explain);
  });
  const analyses =
    explain === undefined
      ? await analyse(text, target, found)
      : found.map(({ statement }) =>
          QueryValidator.analyseOne(text, explainedStatement(masked(statement), explain)),
        );
  return found.map(({ statement, range }, index) => {
    const analysis = analyses[index];
    const own = sent[index];
    if (analysis === undefined || own === undefined) {
      throw new Error('A statement of the text was not analysed.');
    }
    return { statement, analysis, range, sent: own };
  });
}

async function analyse(
  text: string,
  target: RunTarget,
  found: readonly TargetStatement[],
): Promise<readonly StatementAnalysis[]> {
  if (target.kind === 'statement-at') {
    // The whole text is given along, so that an EXECUTE knows what was prepared above it.
    return found.map(({ statement }) => QueryValidator.analyseOne(text, masked(statement)));
  }
  const { from, to } = target.kind === 'selection' ? target.range : { from: 0, to: text.length };
  const script = maskedScript(text.slice(from, to), from, found);
  return script.length > longText
    ? QueryValidator.analyseInSlices(script)
    : QueryValidator.analyse(script);
}

/** The grammar knows no `:name`: an analysis is of `$1` in its place. */
function masked<S extends Statement>(statement: S): S {
  return statement.kind === 'sql'
    ? { ...statement, text: maskNamedParameters(statement.text) }
    : statement;
}

/** A text of several statements with each `:name` masked; all offsets stay. */
function maskedScript(text: string, offset: number, found: readonly TargetStatement[]): string {
  let script = '';
  let at = 0;
  for (const { statement, range } of found) {
    const own = masked(statement).text;
    if (own === statement.text) continue;
    script += text.slice(at, range.from - offset) + own;
    at = range.to - offset;
  }
  return script + text.slice(at);
}
