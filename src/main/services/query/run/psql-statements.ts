import { noRows } from '@shared/models/packed-run';
import type { StatementOutcome, TextRange } from '@shared/models/query-result';
import type { CopyDataStatement, MetaCommand } from '@shared/sql/statements';
import { DatabaseError } from '../../../db/errors/database-error';
import { StatementFailed } from '../session/session-statement';

/** A command of psql that is run alone: why it cannot be. */
export function refusedMetaCommand(
  { explanation }: MetaCommand,
  range: TextRange,
): StatementOutcome {
  const error = { kind: 'InvalidQuery' as const, message: explanation };
  return { status: 'failed', range, error, durationMs: 0, notices: [] };
}

/**
 * A command of psql within a script: it is left out, and the script goes on. Where something relies
 * on it, a person was asked before the script ran.
 */
export function skippedMetaCommand(
  { command, explanation, affectsWhatFollows }: MetaCommand,
  range: TextRange,
): StatementOutcome {
  const severity = affectsWhatFollows ? 'WARNING' : 'INFO';
  const notices = [{ severity, message: `\\${command} was left out. ${explanation}` }];
  const result = { ...noRows, range, commandTag: null, rowCount: null, durationMs: 0, notices };
  return { status: 'done', result };
}

/** The rows of a COPY out of the submitted text. Raises StatementFailed where they have no end. */
export function copiedRows(
  { data, range: own }: CopyDataStatement,
  range: TextRange,
  text: string,
): string {
  if (data === null) {
    const error = new DatabaseError({
      kind: 'InvalidQuery',
      message: 'The rows of this COPY have no end: a line with \\. alone is missing.',
      advice: 'Put the rows on the lines behind it and a line with \\. behind them.',
      position: range.from,
    });
    throw new StatementFailed(error, 0, [], false);
  }
  // The statement may have been split out of a selection: its offsets begin there.
  const offset = range.from - own.from;
  return text.slice(data.from + offset, data.to + offset);
}
