import type { RunTarget, TextRange } from '@shared/models/query-result';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import { splitStatements, statementAt, type Statement } from '@shared/sql/statements';
import { DatabaseError } from '../../db/errors';
import { QueryValidator } from '../query-validator';

/** A statement that is going to run, with what is known of it beforehand. */
export interface PlannedStatement {
  readonly statement: Statement;
  readonly range: TextRange;
  readonly analysis: StatementAnalysis;
}

/** Texts above this length are analysed in slices, so that the process goes on answering. UTF-16 units. */
const longText = 100_000;

/**
 * The statements that a target stands for, in order, with ranges in the submitted text. Raises
 * DatabaseError of kind InvalidInput when there is nothing to run.
 */
export async function planRun(text: string, target: RunTarget): Promise<PlannedStatement[]> {
  if (text.includes('\0')) {
    // It would end the text within the protocol's message and leave the rest unsent.
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'The text holds a NUL character, which PostgreSQL cannot take.',
      advice: 'Remove it and run again.',
      position: text.indexOf('\0'),
    });
  }
  const planned = await plan(text, target);
  if (planned.length === 0) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'There is no statement to run here.',
      advice: 'Put the cursor into a statement, or select one.',
    });
  }
  return planned;
}

async function plan(text: string, target: RunTarget): Promise<PlannedStatement[]> {
  switch (target.kind) {
    case 'all':
      return planAll(text, 0);
    case 'selection':
      return planAll(text.slice(target.range.from, target.range.to), target.range.from);
    case 'statement-at': {
      const statement = statementAt(text, target.offset);
      if (statement === null) return [];
      // The whole text is given along, so that an EXECUTE knows what was prepared above it.
      const analysis = QueryValidator.analyseOne(text, statement);
      return [{ statement, analysis, range: statement.range }];
    }
  }
}

async function planAll(text: string, offset: number): Promise<PlannedStatement[]> {
  const analyses =
    text.length > longText
      ? await QueryValidator.analyseInSlices(text)
      : QueryValidator.analyse(text);
  return splitStatements(text).map((statement, index) => {
    const analysis = analyses[index];
    if (analysis === undefined) throw new Error('A statement of the text was not analysed.');
    const { from, to } = statement.range;
    return { statement, analysis, range: { from: from + offset, to: to + offset } };
  });
}
