import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createDatabase, type TestDatabase } from './database';

describe('the test server', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('is PostgreSQL 18 and gives each caller a database of its own', async () => {
    const { rows } = await database.query<{ name: string; version: string }>(
      `SELECT current_database() AS name, current_setting('server_version_num') AS version`,
    );
    expect(rows[0]?.name).toBe(database.name);
    expect(rows[0]?.version).toMatch(/^18/);
    const other = await createDatabase();
    expect(other.name).not.toBe(database.name);
    await other.drop();
    const left = await database.query('SELECT 1 FROM pg_database WHERE datname = $1', [other.name]);
    expect(left.rowCount).toBe(0);
  });

  it('asks for the password', async () => {
    const { host, port, user } = database.settings;
    const client = new Client({ host, port, user, password: 'wrong', database: database.name });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('makes roles that can log in and are gone with their database', async () => {
    const other = await createDatabase();
    const role = await other.createRole('NOINHERIT');
    const client = new Client({
      host: role.settings.host,
      port: role.settings.port,
      database: role.settings.database,
      user: role.name,
      password: role.password,
    });
    await client.connect();
    const { rows } = await client.query<{ who: string }>('SELECT current_user AS who');
    expect(rows[0]?.who).toBe(role.name);
    await client.end();
    await other.drop();
    const left = await database.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role.name]);
    expect(left.rowCount).toBe(0);
  });
});
