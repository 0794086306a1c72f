import { Client } from 'pg';
import { sampleServerFailed } from './sample-error';
import { systemCodeOf } from '../../db/errors/system-code';

export const sampleHost = '127.0.0.1';
export const sampleDatabase = 'bookshop';
/** Owns the database; not a superuser. */
export const sampleUser = 'postern';

const connectTimeoutMs = 10_000;

/** Opens one session in the sample database. Raises what pg raises. */
export async function openSession(port: number, password: string): Promise<Client> {
  const client = new Client({
    host: sampleHost,
    port,
    database: sampleDatabase,
    user: sampleUser,
    password,
    ssl: false,
    application_name: 'Postern sample',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // Without a listener, the end of the server would be an uncaught error; queries report it as well.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** What came of trying to log in; `not yet` is a server that is starting, ending, or just gone. */
export type LoginOutcome = 'accepted' | 'refused' | 'not yet';

/** Tries the password. Raises DatabaseError of kind SampleServerFailed when the database is gone. */
export async function tryLogin(port: number, password: string): Promise<LoginOutcome> {
  try {
    const client = await openSession(port, password);
    await client.end();
    return 'accepted';
  } catch (error) {
    const code = systemCodeOf(error);
    // invalid_password, invalid_authorization_specification
    if (code === '28P01' || code === '28000') return 'refused';
    // cannot_connect_now, and the connection that ends with the server
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'not yet';
    const message = error instanceof Error ? error.message : String(error);
    throw sampleServerFailed({
      message:
        code === '3D000'
          ? `The database ${sampleDatabase} is no longer on the sample server.`
          : 'The sample server runs, but its database cannot be opened.',
      detail: message,
      advice: 'Recreate the sample database: that deletes only what was changed in the sample.',
      cause: error,
    });
  }
}
