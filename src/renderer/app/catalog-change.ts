import type { TransactionStatus } from '@shared/models/query-result';

/** Command tags of statements that change what the schema browser shows. */
const catalogTag =
  /^(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|IMPORT|REASSIGN|SECURITY LABEL|DO|CALL)\b/;

/**
 * The tag of CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW, which return no rows. It is
 * that of a SELECT too, which does.
 */
const selectedIntoTag = /^SELECT\b/;

/** Whether any outcome changed the catalog, judged by the server's command tags. */
export function changedCatalog(
  outcomes: readonly { readonly kind: string; readonly commandTag?: string }[],
): boolean {
  return outcomes.some(
    ({ kind, commandTag }) =>
      commandTag !== undefined &&
      (catalogTag.test(commandTag) || (kind === 'command' && selectedIntoTag.test(commandTag))),
  );
}

/**
 * Which tabs' changes other sessions can see now. A change inside a transaction shows only after
 * its commit, so it waits in `pending` until the tab's transaction has ended.
 */
export function settledTabs(
  pending: Set<string>,
  finished: readonly {
    readonly tabId: string;
    readonly changed: boolean;
    readonly transaction: TransactionStatus;
  }[],
): readonly string[] {
  for (const { tabId, changed } of finished) if (changed) pending.add(tabId);
  const settled = finished
    .filter(({ tabId, transaction }) => transaction === 'idle' && pending.has(tabId))
    .map(({ tabId }) => tabId);
  for (const tabId of settled) pending.delete(tabId);
  return settled;
}
