import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { validateDraft } from '../../../../../src/main/services/profiles/profile-validation';

const valid = { name: 'Shop', host: 'db.example.com', database: 'shop', user: 'ann' };

function fieldOf(changes: Record<string, unknown>): string | undefined {
  try {
    validateDraft({ ...valid, ...changes });
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'InvalidInput') return error.data.field;
    throw error;
  }
}

describe('validateDraft', () => {
  it('fills in the defaults', () => {
    expect(validateDraft(valid)).toMatchObject({
      ...valid,
      port: 5432,
      sslMode: 'prefer',
      pool: {},
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['name', { name: '  ' }],
    ['host', { host: ' ' }],
    ['host', { host: 'postgres://ann@db/shop' }],
    ['host', { host: 'ann@db' }],
    ['host', { host: 'one,two' }],
    ['host', { host: 'my host' }],
    ['host', { host: 'db.example.com:6432' }],
    ['host', { host: '[::1]:6432' }],
    ['host', { host: '/run/postgresql/.s.PGSQL.5432' }],
    ['otherHosts', { otherHosts: [{ host: 'two:6432', port: 5432 }] }],
    ['port', { port: 0 }],
    ['port', { port: 65_536 }],
    ['port', { port: 1.5 }],
    ['database', { database: '' }],
    ['database', { database: 'ä'.repeat(32) }],
    ['database', { database: 'a\0b' }],
    ['user', { user: '' }],
    ['user', { user: 'ä'.repeat(32) }],
    ['sslRootCertificate', { sslRootCertificate: 'ca.pem' }],
    ['sslClientKey', { sslClientCertificate: '/c.pem' }],
    ['sslClientCertificate', { sslClientKey: '/k.pem' }],
    ['statementTimeoutMs', { statementTimeoutMs: -1 }],
    ['pool.maxConnections', { pool: { maxConnections: 0 } }],
    ['pool.minConnections', { pool: { minConnections: 5, maxConnections: 2 } }],
  ])('names the field %s for %j', (field, changes) => {
    expect(fieldOf(changes)).toBe(field);
  });

  it('takes the brackets off an address', () => {
    const otherHosts = [{ host: '[fe80::1%eth0]', port: 5432 }];
    expect(validateDraft({ ...valid, host: '[::1]', otherHosts })).toMatchObject({
      host: '::1',
      otherHosts: [{ host: 'fe80::1%eth0', port: 5432 }],
    });
  });

  it.each([
    { host: '/var/run/my socket' },
    { host: '::1' },
    { host: 'fe80::1%eth0' },
    { host: 'bücher.example' },
    { database: 'ä'.repeat(31) },
    { sslClientCertificate: '/c.pem', sslClientKey: '/k.pem' },
    { pool: { minConnections: 2, maxConnections: 2 } },
  ])('accepts %j', (changes) => {
    expect(fieldOf(changes)).toBeUndefined();
  });
});
