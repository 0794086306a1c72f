import type { TransactionStatus } from '@shared/models/query-result';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { ReadStrategy } from '../../../db/statements/portal';
import { changesAnything } from '../confirmation/confirmation-policy';

/**
 * How the rows of a statement are best read. Streaming keeps the server's parallel plan, but can only
 * be ended early by a cancel: harmless for a statement that does nothing but read and has a
 * transaction of its own, and for no other.
 */
export function readStrategyOf(
  analysis: StatementAnalysis,
  transaction: TransactionStatus,
): ReadStrategy {
  if (!analysis.returnsRows || mustReadToEnd(analysis, transaction)) return 'complete';
  return isPlainRead(analysis) && transaction === 'idle' ? 'streamed' : 'paged';
}

/**
 * Whether all rows of a statement are read at once. Outside a transaction block the server commits behind
 * the last one: until then nobody sees what was changed, others wait for it, and it is undone with the
 * link. A function that changes something has been called for the rows only that were read.
 */
export function mustReadToEnd(
  analysis: StatementAnalysis,
  transaction: TransactionStatus,
): boolean {
  const { changesSession, risks } = analysis;
  const locksRows = risks.some(({ code }) => code === 'locks-rows');
  return transaction === 'idle' && (changesAnything(analysis) || changesSession || locksRows);
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
