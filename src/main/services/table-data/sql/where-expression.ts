import { DatabaseError } from '../../../db/errors/database-error';
import { parseSql } from '../../../sql/parser';
import { QueryValidator } from '../../query-validator';

/** The text stands on lines of its own, so that a comment at its end cannot take the parenthesis. */
const before = 'SELECT FROM t WHERE (\n';
const after = '\n)';

/** How the parser has read a person's own condition: with it off, a backslash would hide a quote. */
export const whereSetting = 'SET LOCAL standard_conforming_strings = on';

/**
 * A person's own condition as SQL in parentheses; null for an empty text. The caller runs it in a
 * read-only transaction, under whereSetting.
 *
 * The text must be one expression: it has to parse both as "(text)" and as "CAST(text AS boolean)".
 * A text that closes the parenthesis early and opens another one cannot do both, since what stands
 * before its first closing parenthesis would have to end with a type in the one and without in the
 * other.
 *
 * Raises DatabaseError with the field "where": InvalidQuery with its position where it does not
 * parse, InvalidInput where it is more than a condition or does more than read.
 */
export function whereExpression(text: string): string | null {
  if (text.trim() === '') return null;
  const statement = `${before}${text}${after}`;
  const outcome = parseSql(statement);
  if (!outcome.ok) {
    const position = outcome.position === null ? null : outcome.position - before.length;
    throw new DatabaseError({
      kind: 'InvalidQuery',
      field: 'where',
      message: outcome.message,
      sqlState: '42601',
      ...(position !== null && { position: Math.min(Math.max(position, 0), text.length) }),
    });
  }
  const [node, second] = outcome.value;
  const isCondition =
    node !== undefined &&
    second === undefined &&
    'SelectStmt' in node &&
    parseSql(`SELECT CAST(\n${text}\n AS pg_catalog.bool)`).ok;
  if (!isCondition) {
    throw refused('It is more than one condition.', 'Write one expression that is true or false.');
  }
  refuseEffects(statement);
  return `(\n${text}\n)`;
}

function refuseEffects(statement: string): void {
  const [analysis] = QueryValidator.analyse(statement);
  if (analysis === undefined) throw refused('It could not be examined.');
  if (analysis.parameters.length > 0) {
    throw refused('It has parameters such as $1, which have no value here.', 'Write the value.');
  }
  const risk = analysis.risks.find(({ level }) => level === 'confirm');
  if (risk !== undefined) throw refused(risk.reason);
  if (
    analysis.kind !== 'select' ||
    analysis.writes ||
    analysis.changesStructure ||
    analysis.changesRights ||
    analysis.touchesServer ||
    analysis.changesSession ||
    analysis.leavesReadOnly
  ) {
    throw refused('It does more than read.');
  }
}

function refused(
  message: string,
  advice = 'A filter only reads: run such a statement in a query tab.',
): DatabaseError {
  return new DatabaseError({ kind: 'InvalidInput', field: 'where', message, advice });
}
