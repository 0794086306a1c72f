import type { TransactionStatus } from '@shared/models/query-result';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { ReadStrategy } from '../../../db/statements/portal';

/**
 * How the rows of a statement are best read. Streaming keeps the server's parallel plan, but can only
 * be ended early by a cancel: harmless for a statement that does nothing but read and has a
 * transaction of its own, and for no other.
 */
export function readStrategyOf(
  analysis: StatementAnalysis,
  transaction: TransactionStatus,
): ReadStrategy {
  if (!analysis.returnsRows) return 'complete';
  return isPlainRead(analysis) && transaction === 'idle' ? 'streamed' : 'paged';
}

/** Whether a statement does nothing but read, as far as its text tells without a doubt. */
export function isPlainRead(analysis: StatementAnalysis): boolean {
  return (
    analysis.kind === 'select' &&
    !analysis.writes &&
    !analysis.changesStructure &&
    !analysis.touchesServer &&
    !analysis.changesSession &&
    analysis.risks.length === 0
  );
}
