import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  exportFile,
  readExportFile,
} from '../../../../../../src/main/services/profiles/transfer/export-file';

/** Every field, none with its default. */
const draft = profileDraftSchema.parse({
  name: 'Shop',
  folder: 'Work',
  host: 'db.example',
  port: 6432,
  otherHosts: [{ host: '::1', port: 6433 }],
  targetSessionAttrs: 'prefer-standby',
  ssh: { host: 'bastion', port: 2222, user: 'me', authentication: 'key', keyFile: '/k' },
  passwordSource: 'pgpass',
  database: 'shop',
  user: 'app',
  color: 'red',
  environment: 'production',
  sslMode: 'verify-full',
  sslRootCertificate: '/etc/ca.pem',
  sslClientCertificate: '/etc/client.pem',
  sslClientKey: '/etc/client.key',
  statementTimeoutMs: 60_000,
  readOnly: true,
  confirmEverything: true,
  lockTimeoutMs: 1500,
  idleInTransactionTimeoutMs: 0,
  searchPath: 'app, public',
  applicationName: 'nightly',
  startupSql: 'SET a.b = 1',
  pool: { maxConnections: 3 },
});
const profile: ConnectionProfile = {
  ...draft,
  id: '00000000-0000-4000-8000-000000000001',
  hasPassword: true,
  lastOpenedAt: '2026-05-01T10:00:00.000Z',
};
const file = (changes: object): string =>
  JSON.stringify({ ...(JSON.parse(exportFile([profile])) as object), ...changes });

it('brings every setting back, and nothing else', () => {
  expect(Object.keys(profileDraftSchema.shape).filter((field) => !(field in draft))).toEqual([]);
  const [found] = readExportFile(exportFile([profile]));
  expect(found).toMatchObject({ label: 'Shop', draft, password: null });
  expect(exportFile([profile])).not.toMatch(/hasPassword|lastOpenedAt|0000-4000/);
});

describe('refuses as a whole', () => {
  it.each([
    ['text that is no JSON', 'host=db', 'not an export of Postern'],
    ['a file of another program', '{"connections": []}', 'not an export of Postern'],
    ['a file of a newer Postern', file({ version: 2 }), 'newer version'],
    ['a file without a list', file({ connections: 'none' }), 'no list'],
  ])('%s', (_what, text, message) => {
    expect(() => readExportFile(text)).toThrow(message);
  });
});

it('tells of single connections that cannot be used, and keeps the rest', () => {
  const text = file({
    connections: [
      { ...draft, port: 0 },
      'nonsense',
      { ...draft, startupSql: '\\c other' },
      { ...draft, name: 'Good' },
    ],
  });
  expect(readExportFile(text)).toMatchObject([
    { label: 'Shop', problem: expect.stringContaining('port') },
    { label: 'Connection 2', problem: expect.any(String) },
    { label: 'Shop', problem: expect.stringContaining('command of psql') },
    { label: 'Good', draft: { name: 'Good' } },
  ]);
});
