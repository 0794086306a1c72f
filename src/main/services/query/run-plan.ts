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

/**
 * The statements that a target stands for, in order, with ranges in the submitted text. Raises
 * DatabaseError of kind InvalidInput when there is nothing to run.
 */
export function planRun(text: string, target: RunTarget): PlannedStatement[] {
  if (text.includes('\0')) {
    // It would end the text within the protocol's message and leave the rest unsent.
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'The text holds a NUL character, which PostgreSQL cannot take.',
      advice: 'Remove it and run again.',
      position: text.indexOf('\0'),
    });
  }
  const { statements, offset, analysed } = select(text, target);
  if (statements.length === 0) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'There is no statement to run here.',
      advice: 'Put the cursor into a statement, or select one.',
    });
  }
  const analyses = QueryValidator.analyse(analysed);
  return statements.map((statement) => {
    const analysis = analyses.find(({ range }) => range.from === statement.range.from);
    if (analysis === undefined) throw new Error('A statement of the text was not analysed.');
    return { statement, analysis, range: shift(statement.range, offset) };
  });
}

function select(
  text: string,
  target: RunTarget,
): { statements: readonly Statement[]; offset: number; analysed: string } {
  switch (target.kind) {
    case 'all':
      return { statements: splitStatements(text), offset: 0, analysed: text };
    case 'selection': {
      const selected = text.slice(target.range.from, target.range.to);
      return {
        statements: splitStatements(selected),
        offset: target.range.from,
        analysed: selected,
      };
    }
    case 'statement-at': {
      const statement = statementAt(text, target.offset);
      // The whole text is analysed, so that an EXECUTE knows what was prepared above it.
      return { statements: statement === null ? [] : [statement], offset: 0, analysed: text };
    }
  }
}

function shift(range: TextRange, offset: number): TextRange {
  return { from: range.from + offset, to: range.to + offset };
}
