import type { Connection } from '@shared/models/connection-profile';

/** What a pooler in transaction mode cannot carry, and what the app does about it. */
export const transactionModeText =
  'SET, temporary tables, LISTEN, advisory locks and prepared statements last only within a transaction. Read-only, timeouts and the search path are sent with each transaction. Start-up SQL is not run.';

/** The pooler before the server as a fact: "In transaction mode"; null without one. */
export function poolerFact({ pooler }: Pick<Connection, 'pooler'>): string | null {
  return pooler === undefined ? null : `In ${pooler} mode`;
}
