import { explainPrefix, type ExplainMode } from '@shared/sql/explain';
import type { Statement } from '@shared/sql/statements';
import type { SentStatement } from './parameters';

/** A statement with EXPLAIN in front of it, for its analysis; what is not SQL stays as it is. */
export function explainedStatement<S extends Statement>(statement: S, mode: ExplainMode): S {
  if (statement.kind !== 'sql') return statement;
  return { ...statement, text: explainPrefix(statement.text, mode) + statement.text };
}

/** What the server gets to have a statement explained. Positions still tell of the original text. */
export function explainedSent(sent: SentStatement, mode: ExplainMode): SentStatement {
  const prefix = explainPrefix(sent.text, mode);
  return {
    ...sent,
    text: prefix + sent.text,
    originalOffset: (at) => sent.originalOffset(Math.max(0, at - prefix.length)),
  };
}
