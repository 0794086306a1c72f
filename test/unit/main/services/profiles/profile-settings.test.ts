import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  passwordOf,
  toConnectionSettings,
  type PasswordPlaces,
} from '../../../../../src/main/services/profiles/profile-settings';

const draft = (changes: Partial<ProfileDraft> = {}): ProfileDraft =>
  profileDraftSchema.parse({ name: 'Shop', host: 'db', database: 'shop', user: 'ann', ...changes });

const defaults = {
  applicationName: 'Postern',
  limits: {
    maxConnections: 10,
    minConnections: 3,
    acquireTimeoutMs: 1,
    idleTimeoutMs: 2,
    maxLifetimeMs: 3,
  },
};
const noPassword = (): Promise<null> => Promise.resolve(null);

describe('toConnectionSettings', () => {
  it('takes the limits of the profile, and the defaults where it has none', () => {
    const settings = toConnectionSettings(
      draft({ pool: { maxConnections: 2, idleTimeoutMs: 0 } }),
      noPassword,
      defaults,
    );
    expect(settings.limits).toEqual({
      maxConnections: 2,
      minConnections: 2,
      acquireTimeoutMs: 1,
      idleTimeoutMs: 0,
      maxLifetimeMs: 3,
    });
  });

  it('passes on every field, and no empty path', () => {
    const settings = toConnectionSettings(
      draft({
        sslMode: 'verify-ca',
        sslRootCertificate: '/ca.pem',
        sslClientKey: '',
        readOnly: true,
        statementTimeoutMs: 5,
      }),
      noPassword,
      defaults,
    );
    expect(settings).toMatchObject({
      host: 'db',
      port: 5432,
      database: 'shop',
      user: 'ann',
      applicationName: 'Postern',
      readOnly: true,
      statementTimeoutMs: 5,
    });
    expect(settings.ssl).toEqual({ mode: 'verify-ca', rootCertificate: '/ca.pem' });
  });

  it('holds no password that could be logged', () => {
    const settings = toConnectionSettings(draft(), () => Promise.resolve('hunter2'), defaults);
    expect(JSON.stringify(settings)).not.toContain('hunter2');
  });
});

const places = (changes: Partial<PasswordPlaces> = {}): PasswordPlaces => ({
  stored: () => Promise.resolve('stored'),
  typed: null,
  environment: {},
  platform: process.platform,
  home: '/nowhere',
  ...changes,
});

describe('passwordOf', () => {
  it('follows the source of the profile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postern-password-'));
    const file = join(folder, 'pgpass');
    await writeFile(file, 'db:5432:shop:ann:from file', { mode: 0o600 });
    const environment = { PGPASSFILE: file };
    const from = (passwordSource: ProfileDraft['passwordSource']): Promise<string | null> =>
      passwordOf(draft({ passwordSource }), places({ environment }))();
    expect(await from('keychain')).toBe('stored');
    expect(await from('pgpass')).toBe('from file');
    expect(await from('none')).toBeNull();
    await expect(from('ask')).rejects.toMatchObject({
      data: { kind: 'InvalidInput', field: 'password' },
    });
    await rm(folder, { recursive: true });
  });

  it('prefers what was typed', async () => {
    for (const passwordSource of ['keychain', 'ask', 'pgpass', 'none'] as const) {
      expect(await passwordOf(draft({ passwordSource }), places({ typed: 'typed' }))()).toBe(
        'typed',
      );
    }
  });
});
