import { randomBytes } from 'node:crypto';
import { Client, type QueryResult, type QueryResultRow } from 'pg';
import type { ConnectionSettings } from '../../src/main/db/session/connection-settings';
import type { TestServer } from './server';

/** A role of the test server, with settings to log in as it. */
export interface TestRole {
  readonly name: string;
  readonly password: string;
  readonly settings: ConnectionSettings;
}

/** A database of one test file. */
export interface TestDatabase {
  readonly name: string;
  /** Connects to it as the superuser, without TLS; spread it to change a field. */
  readonly settings: ConnectionSettings;
  /** Runs SQL as the superuser on a session of its own, apart from whatever is tested. */
  query<Row extends QueryResultRow = QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  /**
   * Makes a login role with a random name and password. `attributes` is added to CREATE ROLE, for
   * example "NOINHERIT CONNECTION LIMIT 1".
   */
  createRole(attributes?: string): Promise<TestRole>;
  /** Ends every session in it, then drops the database and its roles. */
  drop(): Promise<void>;
}

/** Makes a database with a random name on the run's server, or on `given`. Drop it in afterAll. */
export async function createDatabase(given?: TestServer): Promise<TestDatabase> {
  const server = given ?? (await serverOfRun());
  const name = randomName('test');
  await asSuperuser(server, [`CREATE DATABASE ${name}`]);
  const client = superuserClient(server, name);
  await client.connect();
  const roles: string[] = [];
  const settings = settingsFor(server, name, server.user, server.password);

  return {
    name,
    settings,
    query: (text, values = []) => client.query(text, [...values]),
    async createRole(attributes = '') {
      const role = randomName('role');
      const password = randomBytes(12).toString('base64url');
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}' ${attributes}`);
      roles.push(role);
      return { name: role, password, settings: settingsFor(server, name, role, password) };
    },
    async drop() {
      await client.end();
      await asSuperuser(server, [
        `DROP DATABASE ${name} WITH (FORCE)`,
        ...roles.map((role) => `DROP ROLE ${role}`),
      ]);
    },
  };
}

/** vitest is loaded only where it runs the tests: Playwright's use this file too. */
async function serverOfRun(): Promise<TestServer> {
  const { inject } = await import('vitest');
  return inject('postgres');
}

function superuserClient(server: TestServer, database: string): Client {
  return new Client({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database,
    ssl: false,
    application_name: 'postern-test',
  });
}

async function asSuperuser(server: TestServer, statements: readonly string[]): Promise<void> {
  const client = superuserClient(server, 'postgres');
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function settingsFor(
  server: TestServer,
  database: string,
  user: string,
  password: string,
): ConnectionSettings {
  return {
    host: server.host,
    port: server.port,
    database,
    user,
    password: () => Promise.resolve(password),
    ssl: { mode: 'disable' },
    applicationName: 'postern-test',
    readOnly: false,
    statementTimeoutMs: 0,
    limits: {
      maxConnections: 5,
      minConnections: 0,
      acquireTimeoutMs: 5_000,
      idleTimeoutMs: 10_000,
      maxLifetimeMs: 0,
    },
  };
}

/** Letters and digits only: an identifier that needs no quotes. */
function randomName(prefix: string): string {
  return `${prefix}_${randomBytes(8).toString('hex')}`;
}
