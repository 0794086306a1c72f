import type { Repeatability } from '@shared/models/export';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { RiskCode, SqlStatementKind } from '@shared/models/statement-analysis';
import { maskNamedParameters } from '@shared/sql/parameters';
import { splitStatements } from '@shared/sql/statements';
import { QueryValidator } from '../query-validator';

const readingKinds: ReadonlySet<SqlStatementKind> = new Set(['select', 'show', 'explain']);
/** A read-only transaction is enough against what such a function might change. */
const harmlessInReadOnly: ReadonlySet<RiskCode> = new Set(['unknown-function']);

/**
 * Whether a statement may be run a second time for its export: only one that does nothing but read.
 * Whatever cannot be told from its text counts as an effect.
 */
export function checkRepeatable(
  statement: string,
  parameters: ParameterValues | undefined,
): Repeatability {
  const [only, ...others] = splitStatements(statement);
  const [analysis] = QueryValidator.analyse(maskNamedParameters(statement));
  if (only?.kind !== 'sql' || others.length > 0 || analysis === undefined) {
    return no('It is not a single statement of SQL.');
  }
  if (analysis.parameters.length > 0 && parameters === undefined) {
    return no('It has parameters, whose values are not kept.');
  }
  const changes =
    analysis.writes ||
    analysis.changesStructure ||
    analysis.changesRights ||
    analysis.touchesServer ||
    analysis.changesSession ||
    analysis.transactionControl !== null;
  if (changes || !readingKinds.has(analysis.kind)) {
    return no('It may change something, and is not run a second time for that reason.');
  }
  const risk = analysis.risks.find(({ code }) => !harmlessInReadOnly.has(code));
  if (risk !== undefined) return no(risk.reason);
  if (!analysis.returnsRows) return no('It returns no rows.');
  const unknown = analysis.risks[0];
  return {
    canRepeat: true,
    reason:
      unknown === undefined ? null : `${unknown.reason} It is run in a read-only transaction.`,
  };
}

function no(reason: string): Repeatability {
  return { canRepeat: false, reason };
}
