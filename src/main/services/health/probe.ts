import { connectClient } from '../../db/client';
import type { ConnectionSettings } from '../../db/connection-settings';
import { withoutSessionSettings } from '../../db/session-settings';

/** A session that is only there to ask the server for a sign of life. */
export interface Probe {
  /** One round trip. Waits for ever on a link that is silent: the caller sets the limit. */
  ping(): Promise<void>;
  /** Says goodbye and ends, also when the server does not answer. Never raises. */
  close(): Promise<void>;
}

/** Opens a probe within a limit in milliseconds. Raises DatabaseError. */
export type OpenProbe = (timeoutMs: number, signal: AbortSignal) => Promise<Probe>;

/** How long the goodbye of a probe may take, in milliseconds. */
const closeTimeoutMs = 1_000;

/**
 * Probes the server by a session of its own beside the pool: a pool whose clients are all in use
 * would otherwise look like a server that is gone.
 */
export function probeServer(settings: ConnectionSettings): OpenProbe {
  // It runs nothing but SELECT 1: the profile's session settings would cost a round trip for nothing.
  const plain = withoutSessionSettings(settings);
  return async (timeoutMs, signal) => {
    const session = await connectClient(plain, { timeoutMs, signal });
    return {
      ping: async () => {
        await session.query('SELECT 1');
      },
      close: async () => {
        const cut = setTimeout(() => session.destroy(), closeTimeoutMs);
        await session.end();
        clearTimeout(cut);
      },
    };
  };
}
