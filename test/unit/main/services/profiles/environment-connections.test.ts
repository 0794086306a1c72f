import { describe, expect, it } from 'vitest';
import {
  environmentConnections,
  environmentSettings,
} from '../../../../../src/main/services/profiles/environment-connections';

const secret = 'not-to-be-listed';

describe('environmentConnections', () => {
  it('is empty where the environment says nothing', () => {
    expect(environmentConnections({ PATH: '/bin', PGPASSWORD: secret, PGPORT: '1' }, 'me')).toEqual(
      [],
    );
  });

  it('lists each source that is set, without passwords', () => {
    const environment = {
      DATABASE_URL: `postgres://ann:${secret}@one:1/shop`,
      PGHOST: 'two',
      PGPORT: '2',
      PGPASSWORD: secret,
      POSTGRES_DB: 'stock',
      POSTGRES_PASSWORD: secret,
    };
    const connections = environmentConnections(environment, 'me');
    expect(connections).toMatchObject([
      { source: 'DATABASE_URL', host: 'one', port: 1, database: 'shop', user: 'ann' },
      { source: 'PG', host: 'two', port: 2, database: 'me', user: 'me' },
      { source: 'POSTGRES', host: 'localhost', port: 5432, database: 'stock', user: 'postgres' },
    ]);
    expect(JSON.stringify(connections)).not.toContain(secret);
  });

  it('leaves out what is not PostgreSQL or makes no sense', () => {
    expect(environmentConnections({ DATABASE_URL: 'mysql://a@b/c' }, 'me')).toEqual([]);
    expect(environmentConnections({ DATABASE_URL: 'postgres://a@b:x/c' }, 'me')).toEqual([]);
    expect(environmentConnections({ PGHOST: 'h', PGPORT: '-1' }, 'me')).toEqual([]);
  });
});

describe('environmentSettings', () => {
  it('has the password and what libpq takes from the environment', () => {
    const { draft, password } = environmentSettings(
      {
        PGHOST: '/tmp',
        PGUSER: 'ann',
        PGPASSWORD: secret,
        PGSSLMODE: 'verify-full',
        PGSSLROOTCERT: '/ca.pem',
        PGOPTIONS: '-c statement_timeout=7000',
      },
      'PG',
      'me',
    );
    expect(password).toBe(secret);
    expect(draft).toMatchObject({
      host: '/tmp',
      user: 'ann',
      database: 'ann',
      sslMode: 'verify-full',
      sslRootCertificate: '/ca.pem',
      statementTimeoutMs: 7000,
    });
    expect(JSON.stringify(draft)).not.toContain(secret);
  });

  it('looks into the password file where no variable has a password', () => {
    const { draft, password } = environmentSettings({ PGHOST: 'h' }, 'PG', 'me');
    expect(password).toBeNull();
    expect(draft.passwordSource).toBe('pgpass');
  });

  it('says what is wrong', () => {
    expect(() => environmentSettings({}, 'PG', 'me')).toThrow(/names no connection/);
    expect(() => environmentSettings({ PGHOST: 'h', PGPORT: 'x' }, 'PG', 'me')).toThrow(
      /port is not a number/,
    );
  });
});
