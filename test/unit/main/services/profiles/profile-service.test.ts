import { randomUUID } from 'node:crypto';
import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import {
  NewerDocumentError,
  type DocumentStore,
  type OpenedDocument,
} from '../../../../../src/main/services/profiles/document-store';
import { passwordAccount } from '../../../../../src/main/services/profiles/profile-secrets';
import {
  emptyProfileDocument,
  profileDocumentSchema,
  ProfileService,
  type ProfileDocument,
} from '../../../../../src/main/services/profiles/profile-service';
import { SessionSecrets } from '../../../../../src/main/services/profiles/session-secrets';

/** A keychain that can be taken away. */
class SwitchableKeychain extends SessionSecrets {
  isAvailable = true;
  readonly accounts = new Set<string>();

  override async check(): Promise<{ available: boolean; advice: string | null }> {
    return this.isAvailable
      ? await super.check()
      : { available: false, advice: 'Install GNOME Keyring.' };
  }
  override async set(account: string, secret: string): Promise<void> {
    this.#assertAvailable();
    this.accounts.add(account);
    await super.set(account, secret);
  }
  override async get(account: string): Promise<string | null> {
    this.#assertAvailable();
    return await super.get(account);
  }
  override async delete(account: string): Promise<void> {
    this.#assertAvailable();
    this.accounts.delete(account);
    await super.delete(account);
  }
  #assertAvailable(): void {
    if (!this.isAvailable) {
      throw new DatabaseError({ kind: 'KeychainUnavailable', message: 'It is locked.' });
    }
  }
}

/** A document in memory whose disk can fail. */
class MemoryStore implements DocumentStore<ProfileDocument> {
  document = emptyProfileDocument;
  damage: OpenedDocument<ProfileDocument>['damage'] = null;
  isFull = false;
  isUnreadable = false;
  isNewer = false;

  async open(): Promise<OpenedDocument<ProfileDocument>> {
    await Promise.resolve();
    if (this.isUnreadable) throw new DatabaseError({ kind: 'StorageFailed', message: 'No disk.' });
    if (this.isNewer) throw new NewerDocumentError('saved connections', '/profiles');
    return { value: this.document, damage: this.damage };
  }
  async save(document: ProfileDocument): Promise<void> {
    await Promise.resolve();
    if (this.isFull) throw new DatabaseError({ kind: 'StorageFailed', message: 'Disk full.' });
    this.document = document;
  }
}

const draft = (changes: Partial<ProfileDraft> = {}): ProfileDraft =>
  profileDraftSchema.parse({ name: 'Shop', host: 'db', database: 'shop', user: 'ann', ...changes });

function setUp() {
  const keychain = new SwitchableKeychain();
  const store = new MemoryStore();
  const start = (): ProfileService =>
    new ProfileService({ store, secrets: keychain, now: () => new Date('2026-05-01T10:00:00Z') });
  return { keychain, store, start, profiles: start() };
}

describe('ProfileService', () => {
  it('keeps profiles and passwords across restarts', async () => {
    const { start, profiles } = setUp();
    const { id, hasPassword } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    expect(hasPassword).toBe(true);
    expect(await start().list()).toMatchObject([{ id, name: 'Shop', hasPassword: true }]);
    expect(await start().passwordFor(id)).toBe('pw');
    expect(await start().status()).toEqual({ persistent: true, notice: null });
  });

  it('says why an open connection gets no further sessions once its profile is deleted', async () => {
    const { profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    await profiles.delete(id);
    const refused = { data: { kind: 'NotFound', message: expect.stringContaining('was deleted') } };
    await expect(profiles.passwordFor(id)).rejects.toMatchObject(refused);
    await expect(profiles.sshSecretFor(id)).rejects.toMatchObject(refused);
  });

  it('never puts a password into the document', async () => {
    const { store, profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw-in-keychain' });
    await profiles.delete(id);
    await profiles.restore(id);
    expect(JSON.stringify(store.document)).not.toContain('pw-in-keychain');
  });

  it('changes a profile in its place: undefined keeps the password, text replaces it, null and empty remove it', async () => {
    const { keychain, profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'one' });
    await profiles.save({ id: null, draft: draft({ name: 'Other' }), password: null });
    const renamed = await profiles.save({ id, draft: draft({ name: 'New' }), password: undefined });
    expect(renamed).toMatchObject({ id, name: 'New', hasPassword: true });
    expect((await profiles.list()).map(({ name }) => name)).toEqual(['New', 'Other']);
    expect(await profiles.passwordFor(id)).toBe('one');
    await profiles.save({ id, draft: draft(), password: 'two' });
    expect(await profiles.passwordFor(id)).toBe('two');
    for (const password of [null, '']) {
      await profiles.save({ id, draft: draft(), password: 'again' });
      expect(await profiles.save({ id, draft: draft(), password })).toMatchObject({
        hasPassword: false,
      });
      expect(await profiles.passwordFor(id)).toBeNull();
      expect(keychain.accounts.has(passwordAccount(id))).toBe(false);
    }
  });

  it('forgets the password of a profile that no longer takes it from the keychain', async () => {
    const { keychain, profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    const asking = draft({ passwordSource: 'ask' });
    expect(await profiles.save({ id, draft: asking, password: undefined })).toMatchObject({
      hasPassword: false,
    });
    await profiles.save({ id, draft: asking, password: 'typed' });
    expect(keychain.accounts.has(passwordAccount(id))).toBe(false);
  });

  it('deletes with the password and restores both to their place', async () => {
    const { keychain, start, profiles } = setUp();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const saved = await profiles.save({
        id: null,
        draft: draft({ name }),
        password: `pw-${name}`,
      });
      ids.push(saved.id);
    }
    const [, id = ''] = ids;
    await profiles.delete(id);
    expect((await start().list()).map(({ name }) => name)).toEqual(['a', 'c']);
    expect(keychain.accounts.has(passwordAccount(id))).toBe(false);
    await expect(profiles.get(id)).rejects.toMatchObject({ kind: 'NotFound' });
    expect(await profiles.restore(id)).toMatchObject({ id, name: 'b', hasPassword: true });
    expect((await start().list()).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(await start().passwordFor(id)).toBe('pw-b');
    await expect(profiles.restore(id)).rejects.toMatchObject({ kind: 'NotFound' });
  });

  it('restores by saving the same id again', async () => {
    const { profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    await profiles.delete(id);
    await profiles.save({ id, draft: draft({ name: 'Back' }), password: undefined });
    expect(await profiles.get(id)).toMatchObject({ name: 'Back', hasPassword: true });
    expect(await profiles.passwordFor(id)).toBe('pw');
  });

  it('notes when a profile was opened, and editing keeps it', async () => {
    const { profiles } = setUp();
    const { id, lastOpenedAt } = await profiles.save({ id: null, draft: draft(), password: null });
    expect(lastOpenedAt).toBeNull();
    await profiles.touch(id);
    await profiles.save({ id, draft: draft({ name: 'New' }), password: undefined });
    expect(await profiles.get(id)).toMatchObject({ lastOpenedAt: '2026-05-01T10:00:00.000Z' });
  });

  it('raises NotFound for an unknown id', async () => {
    const { profiles } = setUp();
    const id = randomUUID();
    const calls = [
      profiles.get(id),
      profiles.delete(id),
      profiles.restore(id),
      profiles.touch(id),
      profiles.passwordFor(id),
      profiles.save({ id, draft: draft(), password: null }),
    ];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { kind: 'NotFound' } });
    }
  });

  it('loses none of many saves made at once', async () => {
    const { start, profiles } = setUp();
    const names = Array.from({ length: 30 }, (_, index) => `profile ${index}`);
    await Promise.all(
      names.map((name) => profiles.save({ id: null, draft: draft({ name }), password: name })),
    );
    const reopened = start();
    const list = await reopened.list();
    expect(list.map(({ name }) => name)).toEqual(names);
    expect(await Promise.all(list.map(({ id }) => reopened.passwordFor(id)))).toEqual(names);
  });

  it('leaves profile and password as they were when the disk fails', async () => {
    const { keychain, store, profiles } = setUp();
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'old' });
    store.isFull = true;
    const failure = { kind: 'StorageFailed' };
    const change = { id, draft: draft({ name: 'New' }), password: 'new' };
    await expect(profiles.save(change)).rejects.toMatchObject(failure);
    await expect(profiles.delete(id)).rejects.toMatchObject(failure);
    await expect(profiles.save({ ...change, id: null })).rejects.toMatchObject(failure);
    expect(await profiles.list()).toMatchObject([{ id, name: 'Shop' }]);
    expect(await profiles.passwordFor(id)).toBe('old');
    expect([...keychain.accounts]).toEqual([passwordAccount(id)]);
  });

  it('refuses what cannot be used before anything is changed', async () => {
    const { store, profiles } = setUp();
    const bad = { id: null, draft: draft({ host: 'postgres://db' }), password: 'pw' };
    await expect(profiles.save(bad)).rejects.toMatchObject({
      data: { kind: 'InvalidInput', field: 'host' },
    });
    expect(store.document.profiles).toEqual([]);
  });
});

describe('ProfileService without a keychain', () => {
  it('keeps everything in memory and says so', async () => {
    const { keychain, store, start, profiles } = setUp();
    keychain.isAvailable = false;
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    expect(await profiles.list()).toMatchObject([{ id, hasPassword: true }]);
    expect(await profiles.passwordFor(id)).toBe('pw');
    const { persistent, notice } = await profiles.status();
    expect(persistent).toBe(false);
    expect(notice).toMatchObject({ kind: 'KeychainUnavailable' });
    expect(notice?.message).toContain('this session only');
    expect(notice?.advice).toContain('Install GNOME Keyring.');
    expect(store.document.profiles).toEqual([]);
    expect(await start().list()).toEqual([]);
  });

  it('moves what was entered meanwhile to the keychain once there is one', async () => {
    const { keychain, start, profiles } = setUp();
    const { id: earlier } = await profiles.save({
      id: null,
      draft: draft({ name: 'Earlier' }),
      password: 'one',
    });
    const session = start();
    keychain.isAvailable = false;
    const { id } = await session.save({
      id: null,
      draft: draft({ name: 'Meanwhile' }),
      password: 'two',
    });
    keychain.isAvailable = true;
    expect((await session.list()).map((profile) => profile.id)).toEqual([earlier, id]);
    expect(await session.status()).toEqual({ persistent: true, notice: null });
    expect(await start().passwordFor(id)).toBe('two');
    expect(await start().passwordFor(earlier)).toBe('one');
  });

  it('stays with memory while the disk cannot be used, and loses nothing', async () => {
    const { store, start } = setUp();
    store.isUnreadable = true;
    const session = start();
    const { id } = await session.save({ id: null, draft: draft(), password: 'pw' });
    expect(await session.status()).toMatchObject({
      persistent: false,
      notice: { kind: 'StorageFailed' },
    });
    store.isUnreadable = false;
    store.isFull = true;
    expect(await session.list()).toHaveLength(1);
    expect(await session.status()).toMatchObject({ persistent: false });
    store.isFull = false;
    expect(await session.passwordFor(id)).toBe('pw');
    expect(await start().list()).toHaveLength(1);
  });

  it('keeps connections for the session where a newer version wrote the file, and says so', async () => {
    const { store, profiles } = setUp();
    store.isNewer = true;
    const before = store.document;
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw' });
    expect(await profiles.passwordFor(id)).toBe('pw');
    const { persistent, notice } = await profiles.status();
    expect(persistent).toBe(false);
    expect(notice?.message).toMatch(/for this session only: .*newer version of Postern\.$/);
    expect(notice?.advice).toMatch(/^Update Postern.*ends with this session/);
    expect(store.document).toBe(before);
  });

  it('passes on that a damaged file was set aside', async () => {
    const { store, profiles } = setUp();
    store.damage = { kind: 'StorageFailed', message: 'Damaged.', advice: 'Kept as x.' };
    expect(await profiles.status()).toEqual({ persistent: true, notice: store.damage });
  });
});

describe('the list of profiles', () => {
  async function withThree() {
    const set = setUp();
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) {
      const { id } = await set.profiles.save({ id: null, draft: draft({ name }), password: 'pw' });
      ids.push(id);
    }
    const [a = '', b = '', c = ''] = ids;
    const names = async (): Promise<string[]> =>
      (await set.start().list()).map(({ name, folder }) => (folder ? `${folder}/${name}` : name));
    return { ...set, a, b, c, names };
  }

  it('keeps the order that a person gave it, across restarts', async () => {
    const { profiles, a, c, names } = await withThree();
    await profiles.move(c, { folder: null, before: a });
    expect(await names()).toEqual(['C', 'A', 'B']);
    await profiles.move(a, { folder: 'Work', before: null });
    expect(await names()).toEqual(['C', 'B', 'Work/A']);
    await profiles.move(a, { folder: null, before: c });
    expect(await names()).toEqual(['A', 'C', 'B']);
  });

  it('stays as it was when the disk fails', async () => {
    const { profiles, store, a, names } = await withThree();
    store.isFull = true;
    await expect(profiles.move(a, { folder: null, before: null })).rejects.toThrow('Disk full.');
    store.isFull = false;
    expect((await profiles.list()).map(({ name }) => name)).toEqual(['A', 'B', 'C']);
    expect(await names()).toEqual(['A', 'B', 'C']);
  });

  it('renames a folder, and takes it apart', async () => {
    const { profiles, a, b, names } = await withThree();
    await profiles.move(a, { folder: 'Work', before: null });
    await profiles.move(b, { folder: 'Work', before: null });
    await profiles.renameFolder('Work', 'Office');
    expect(await names()).toEqual(['C', 'Office/A', 'Office/B']);
    await profiles.renameFolder('Office', null);
    expect(await names()).toEqual(['C', 'A', 'B']);
  });

  it('copies a profile behind the original, with a password of its own', async () => {
    const { profiles, a, names, start } = await withThree();
    const copy = await profiles.duplicate(a);
    expect(copy).toMatchObject({ name: 'A copy', hasPassword: true, lastOpenedAt: null });
    expect(await names()).toEqual(['A', 'A copy', 'B', 'C']);
    await profiles.delete(a);
    expect(await start().passwordFor(copy.id)).toBe('pw');
  });

  it('leaves no password behind when a copy cannot be saved', async () => {
    const { profiles, store, keychain, a } = await withThree();
    const before = new Set(keychain.accounts);
    store.isFull = true;
    await expect(profiles.duplicate(a)).rejects.toThrow('Disk full.');
    expect(keychain.accounts).toEqual(before);
  });

  it('brings a deleted profile back to its place', async () => {
    const { profiles, b, names } = await withThree();
    await profiles.delete(b);
    expect(await names()).toEqual(['A', 'C']);
    await profiles.restore(b);
    expect(await names()).toEqual(['A', 'B', 'C']);
  });
});

describe('a document of an earlier version', () => {
  /** As the first version wrote it. */
  const stored = {
    version: 1,
    profiles: [
      {
        name: 'Shop',
        color: 'red',
        environment: 'production',
        host: 'db',
        port: 5432,
        database: 'shop',
        user: 'ann',
        passwordSource: 'keychain',
        sslMode: 'prefer',
        readOnly: false,
        statementTimeoutMs: 0,
        pool: {},
        id: '00000000-0000-4000-8000-000000000001',
        hasPassword: true,
        lastOpenedAt: null,
      },
    ],
  };

  it('loads without the settings that came later, and adds none of them', () => {
    expect(profileDocumentSchema.parse(stored)).toEqual(stored);
  });

  it('goes on with a statement timeout beyond the server’s limit, until it is edited', () => {
    const [profile] = stored.profiles;
    const old = { ...stored, profiles: [{ ...profile, statementTimeoutMs: 3_000_000_000 }] };
    expect(profileDocumentSchema.safeParse(old).success).toBe(true);
  });
});
