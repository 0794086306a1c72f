import type { Session } from '../session/session';
import { isServerError } from '../errors/server-error';

/** What a server says of itself to a session that has set nothing yet. */
export interface ServerRole {
  /** As `SHOW server_version` says it: "18.1", or with more words from other builds. */
  readonly version: string;
  /** It replays the changes of another server, and refuses every write. */
  readonly isStandby: boolean;
  /** Sessions start read-only: on a standby, or by default_transaction_read_only. */
  readonly isReadOnly: boolean;
  /** The backend that answered; null where the server does not tell. */
  readonly backendPid: number | null;
}

/**
 * Asks in one round trip, which through a pooler too says what the server is now: the parameters that
 * a pooler reports at the login (in_hot_standby) may be those of long ago. A server of another make
 * that lacks a function is taken for a primary. Raises what pg raises.
 */
export async function readServerRole(session: Session): Promise<ServerRole> {
  try {
    const { rows } = await session.query<
      Record<'version' | 'standby' | 'read_only' | 'pid', string>
    >(
      `SELECT pg_catalog.current_setting('server_version') AS version,
              pg_catalog.pg_is_in_recovery()::pg_catalog.text AS standby,
              pg_catalog.current_setting('transaction_read_only') AS read_only,
              pg_catalog.pg_backend_pid()::pg_catalog.text AS pid`,
    );
    const [row] = rows;
    return {
      version: row?.version ?? '',
      isStandby: row?.standby === 'true',
      isReadOnly: row?.read_only === 'on',
      backendPid: Number(row?.pid),
    };
  } catch (error) {
    if (!isServerError(error) || !error.code.startsWith('42')) throw error;
    const { rows } = await session.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version ?? '';
    return { version, isStandby: false, isReadOnly: false, backendPid: null };
  }
}
