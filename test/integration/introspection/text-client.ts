import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { Pool } from '../../../src/main/db/pool/pool';
import type { Queryable } from '../../../src/main/db/statements/queryable';

/** What the application itself reads the catalog through. */
export interface TextClient extends Queryable {
  close(): Promise<void>;
}

/** A pool of one session, which keeps what a test sets in it, connected with `settings`. */
export async function openTextClient(settings: ConnectionSettings): Promise<TextClient> {
  const limits = { ...settings.limits, maxConnections: 1, minConnections: 1 };
  const pool = new Pool({ settings: { ...settings, limits } });
  await pool.start();
  return pool;
}
