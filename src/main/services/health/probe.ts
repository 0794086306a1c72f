import type { Session } from '../../db/session/session';
import { isSameHost } from '../../db/server/hosts';
import type { ServerConnector } from '../../db/server/server-connector';
import { isServerError } from '../../db/errors/server-error';
import type { ServerRole } from '../../db/server/server-role';

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
 * promotion changes under open sessions, goes to the connector; so does that a pooler changed its
 * backend, whose mode was then taken for another one, or was changed.
 */
export function probeServer(connector: ServerConnector): OpenProbe {
  return async (timeoutMs, signal) => {
    const session = await connector.connect({
      timeoutMs: timeoutMs * connector.hostCount,
      signal,
      isPlain: true,
    });
    let backend: string | undefined;
    let tellsRole = true;
    return {
      ping: async () => {
        const role = tellsRole ? await askRole(session) : null;
        tellsRole = role !== null;
        if (role === null) {
          await session.query('SELECT 1');
          return;
        }
        const { current } = connector;
        if (current !== null && isSameHost(current.address, session)) connector.noteRole(role);
        // A session has one backend for good, unless a pooler gives it one for each transaction.
        if (role.backend !== (backend ?? role.backend)) connector.notePooledTransactions();
        ({ backend } = role);
      },
      close: () => session.endWithin(closeTimeoutMs),
    };
  };
}

interface ProbedRole extends Pick<ServerRole, 'isStandby' | 'isReadOnly'> {
  readonly backend: string;
}

/** Null where the server, of another make, does not know the question. */
async function askRole(session: Session): Promise<ProbedRole | null> {
  try {
    const { rows } = await session.query<Record<'standby' | 'read_only' | 'backend', string>>(
      `SELECT pg_catalog.pg_is_in_recovery()::pg_catalog.text AS standby,
              pg_catalog.current_setting('transaction_read_only') AS read_only,
              pg_catalog.pg_backend_pid()::pg_catalog.text AS backend`,
    );
    const [row] = rows;
    if (row === undefined) return null;
    return {
      isStandby: row.standby === 'true',
      isReadOnly: row.read_only === 'on',
      backend: row.backend,
    };
  } catch (error) {
    if (isServerError(error) && error.code.startsWith('42')) return null;
    throw error;
  }
}
