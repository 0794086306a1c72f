import type { Session } from '../../db/client';
import { isSameHost } from '../../db/hosts';
import type { ServerConnector } from '../../db/server-connector';
import { isServerError } from '../../db/server-error';

/** A session that is only there to ask the server for a sign of life. */
export interface Probe {
  /** One round trip. Waits for ever on a link that is silent: the caller sets the limit. */
  ping(): Promise<void>;
  /** Says goodbye and ends, also when the server does not answer. Never raises. */
  close(): Promise<void>;
}

/** Opens a probe within a limit in milliseconds for each host. Raises DatabaseError. */
export type OpenProbe = (timeoutMs: number, signal: AbortSignal) => Promise<Probe>;

/** How long the goodbye of a probe may take, in milliseconds. */
const closeTimeoutMs = 1_000;

/**
 * Probes the server by a session of its own beside the pool: a pool whose clients are all in use
 * would otherwise look like a server that is gone. What it is told of the server's role, which a
 * promotion changes under open sessions, goes to the connector.
 */
export function probeServer(connector: ServerConnector): OpenProbe {
  return async (timeoutMs, signal) => {
    const session = await connector.connect({
      timeoutMs: timeoutMs * connector.hostCount,
      signal,
      isPlain: true,
    });
    let tellsRole = true;
    return {
      ping: async () => {
        if (tellsRole) tellsRole = await askRole(session, connector);
        else await session.query('SELECT 1');
      },
      close: async () => {
        const cut = setTimeout(() => session.destroy(), closeTimeoutMs);
        await session.end();
        clearTimeout(cut);
      },
    };
  };
}

/** False where the server, of another make, does not know the question; its answer is a sign of life too. */
async function askRole(session: Session, connector: ServerConnector): Promise<boolean> {
  try {
    const { rows } = await session.query<{ standby: string; read_only: string }>(
      `SELECT pg_catalog.pg_is_in_recovery()::pg_catalog.text AS standby,
              pg_catalog.current_setting('transaction_read_only') AS read_only`,
    );
    const [row] = rows;
    const { current } = connector;
    if (row !== undefined && current !== null && isSameHost(current.address, session)) {
      connector.noteRole({
        isStandby: row.standby === 'true',
        isReadOnly: row.read_only === 'on',
      });
    }
    return true;
  } catch (error) {
    if (isServerError(error) && error.code.startsWith('42')) return false;
    throw error;
  }
}
