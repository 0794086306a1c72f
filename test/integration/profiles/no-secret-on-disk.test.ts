import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  emptyProfileDocument,
  profileDocumentSchema,
  ProfileService,
} from '../../../src/main/services/profiles/profile-service';
import { parseConnection } from '../../../src/main/services/profiles/parse-connection';
import { SessionSecrets } from '../../../src/main/services/profiles/session-secrets';
import type { SecretStore } from '../../../src/main/services/secrets';
import { AtomicFile } from '../../../src/main/storage/atomic-file';
import { EncryptedStore } from '../../../src/main/storage/encrypted-store';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const start = (secrets: SecretStore): ProfileService =>
  new ProfileService({
    secrets,
    store: new EncryptedStore({
      file: new AtomicFile(join(folder, 'profiles')),
      secrets,
      keyAccount: 'profile-store-key',
      schema: profileDocumentSchema,
      version: 1,
      empty: emptyProfileDocument,
      contents: 'saved connections',
    }),
  });

/** The names of the files that hold the text in any encoding that a program would write it in. */
async function filesWith(text: string): Promise<string[]> {
  const plain = Buffer.from(text, 'utf8');
  const needles = [
    plain,
    Buffer.from(text, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    // The ends of base64 depend on what stands around the text, its middle on the place in threes.
    ...[0, 1, 2].map((offset) =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(offset), plain])
          .toString('base64')
          .slice(4, -4),
      ),
    ),
    Buffer.from(encodeURIComponent(text)),
  ];
  const found: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const bytes = await readFile(join(folder, name));
    if (needles.some((needle) => bytes.includes(needle))) found.push(name);
  }
  return found;
}

const newSecret = (): string => `pässword ${randomBytes(12).toString('hex')}`;

/** Everything that can be done with a profile; returns every password that was used. */
async function useProfiles(profiles: ProfileService, host: string): Promise<string[]> {
  const passwords = Array.from({ length: 7 }, newSecret);
  const [first = '', second = '', third = '', pasted = '', ...ofTunnels] = passwords;
  const draft = profileDraftSchema.parse({ name: 'Shop', host, database: 'shop', user: 'ann' });
  const { id } = await profiles.save({ id: null, draft, password: first });
  await profiles.save({ id, draft: { ...draft, name: 'Renamed' }, password: second });
  await profiles.delete(id);
  await profiles.restore(id);
  await profiles.touch(id);
  await profiles.save({ id: null, draft: { ...draft, passwordSource: 'ask' }, password: third });
  const parsed = parseConnection(`postgres://ann:${encodeURIComponent(pasted)}@${host}/shop`);
  const fromUrl = profileDraftSchema.parse({ name: 'Pasted', ...parsed.draft });
  await profiles.save({ id: null, draft: fromUrl, password: parsed.password });
  await useTunnels(profiles, draft, host, ofTunnels);
  return passwords;
}

/** The same with the secrets of an SSH tunnel. */
async function useTunnels(
  profiles: ProfileService,
  draft: ProfileDraft,
  host: string,
  [password = '', passphrase = '', asked = '']: readonly string[],
): Promise<void> {
  const through = (changes: object): ProfileDraft =>
    profileDraftSchema.parse({ ...draft, ssh: { host: `ssh-${host}`, user: 'ann', ...changes } });
  const withPassword = through({ authentication: 'password' });
  const { id } = await profiles.save({ id: null, draft: withPassword, sshSecret: password });
  const withKey = through({ authentication: 'key', keyFile: '/keys/id' });
  await profiles.save({ id, draft: withKey, sshSecret: passphrase });
  const copy = await profiles.duplicate(id);
  await profiles.delete(copy.id);
  await profiles.restore(copy.id);
  await profiles.delete(copy.id);
  const asking = through({ authentication: 'password', secretSource: 'ask' });
  await profiles.save({ id: null, draft: asking, sshSecret: asked });
}

it('finds a text that is on disk, in each encoding', async () => {
  const secret = newSecret();
  const encodings = {
    utf8: Buffer.from(secret),
    utf16: Buffer.from(secret, 'utf16le'),
    hex: Buffer.from(Buffer.from(secret).toString('hex')),
    base64: Buffer.from(Buffer.from(`{"x":"${secret}"}`.padStart(60)).toString('base64')),
    url: Buffer.from(encodeURIComponent(secret)),
  };
  for (const [name, bytes] of Object.entries(encodings)) await writeFile(join(folder, name), bytes);
  expect((await filesWith(secret)).sort()).toEqual(Object.keys(encodings).sort());
});

it('writes neither passwords nor hosts in clear, in files set aside neither', async () => {
  const secrets = new SessionSecrets();
  const host = `db-${randomBytes(12).toString('hex')}.example.com`;
  const passwords = await useProfiles(start(secrets), host);
  await secrets.delete('profile-store-key');
  passwords.push(...(await useProfiles(start(secrets), host)));
  const files = await readdir(folder);
  expect(files.some((name) => name.startsWith('profiles.damaged-'))).toBe(true);
  for (const text of [...passwords, host]) expect(await filesWith(text)).toEqual([]);
});

it('writes nothing at all without a keychain', async () => {
  const unavailable = Promise.reject(new Error('There is no keychain.'));
  unavailable.catch(() => undefined);
  const profiles = start({
    check: () => Promise.resolve({ available: false, advice: 'Install one.' }),
    get: () => unavailable,
    set: () => unavailable,
    delete: () => unavailable,
  });
  await useProfiles(profiles, 'db.example.com');
  expect(await profiles.list()).toHaveLength(5);
  expect(await readdir(folder)).toEqual([]);
});
