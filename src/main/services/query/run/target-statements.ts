import type { RunTarget, TextRange } from '@shared/models/query-result';
import { splitStatements, statementAt, type Statement } from '@shared/sql/statements';

/** A statement and its place in the submitted text. */
export interface TargetStatement {
  readonly statement: Statement;
  readonly range: TextRange;
}

/** The statements that a target stands for, in order. */
export function targetStatements(text: string, target: RunTarget): readonly TargetStatement[] {
  switch (target.kind) {
    case 'all':
      return splitStatements(text).map((statement) => ({ statement, range: statement.range }));
    case 'selection': {
      const { from, to } = target.range;
      return splitStatements(text.slice(from, to)).map((statement) => ({
        statement,
        range: { from: statement.range.from + from, to: statement.range.to + from },
      }));
    }
    case 'statement-at': {
      const statement = statementAt(text, target.offset);
      return statement === null ? [] : [{ statement, range: statement.range }];
    }
  }
}
