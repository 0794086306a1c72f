import { Client } from 'pg';
import type { ConnectionSettings } from '../../../src/main/db/connection-settings';
import { DatabaseError } from '../../../src/main/db/errors';
import type { Queryable } from '../../../src/main/db/queryable';

/** One session that is a Queryable: every value as the text that the server sent. */
export interface TextClient extends Queryable {
  close(): Promise<void>;
}

/** Logs in with `settings`; an error of the server arrives as a DatabaseError with its SQLSTATE. */
export async function openTextClient(settings: ConnectionSettings): Promise<TextClient> {
  const client = new Client({
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    password: (await settings.password()) ?? undefined,
    ssl: false,
    types: { getTypeParser: () => (value: string | Buffer) => String(value) },
  });
  await client.connect();
  return {
    async query(text, values = []) {
      try {
        const result = await client.query<Record<string, string | null>>(text, [...values]);
        return result.rows;
      } catch (error) {
        throw asDatabaseError(error);
      }
    },
    close: () => client.end(),
  };
}

function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return error;
  }
  return new DatabaseError(
    {
      kind: error.code === '55P03' ? 'LockNotAvailable' : 'QueryFailed',
      message: error.message,
      sqlState: error.code,
    },
    { cause: error },
  );
}
