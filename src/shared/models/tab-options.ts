import { z } from 'zod';

/** The longest statement_timeout that the server takes: a signed 32-bit number of milliseconds. */
export const maxStatementTimeoutMs = 2 ** 31 - 1;

/** What an editor tab asks of its statements beyond the settings of its connection. */
export const tabOptionsSchema = z.object({
  /** Milliseconds; 0 is none. Absent leaves the connection's. */
  statementTimeoutMs: z.number().int().min(0).max(maxStatementTimeoutMs).optional(),
  /** Whether the tab may only read. A read-only connection has no tab that may write. */
  readOnly: z.boolean().optional(),
  /** What a failed statement does to those behind it in a script; absent, they are not run. */
  onError: z.enum(['stop', 'continue']).optional(),
});
export type TabOptions = z.infer<typeof tabOptionsSchema>;
