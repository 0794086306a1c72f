import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DatabaseError } from '../../../../src/main/db/errors/database-error';
import { SessionSecrets } from '../../../../src/main/services/profiles/session-secrets';
import type { SecretStore } from '../../../../src/main/services/secrets';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { EncryptedStore } from '../../../../src/main/storage/encrypted-store';

const schema = z.object({ version: z.literal(1).optional(), names: z.array(z.string()) });
type Names = z.infer<typeof schema>;

describe('EncryptedStore', () => {
  let folder: string;
  let path: string;
  let secrets: SessionSecrets;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-store-'));
    path = join(folder, 'connections.enc');
    secrets = new SessionSecrets();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const store = (keychain: SecretStore = secrets): EncryptedStore<Names> =>
    new EncryptedStore({
      file: new AtomicFile(path),
      secrets: keychain,
      keyAccount: 'key',
      schema,
      version: 1,
      empty: { names: [] },
      contents: 'saved connections',
    });

  const saved = async (names: string[]): Promise<void> => {
    const first = store();
    await first.open();
    await first.save({ names });
  };

  it('starts empty and without complaint', async () => {
    expect(await store().open()).toEqual({ value: { names: [] }, damage: null });
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives back what was saved, and nothing of it stands on disk', async () => {
    await saved(['db.example.com']);
    expect(await store().open()).toEqual({ value: { names: ['db.example.com'] }, damage: null });
    expect((await readFile(path)).includes('example')).toBe(false);
  });

  it('encrypts the same document differently each time', async () => {
    await saved(['same']);
    const before = await readFile(path);
    await saved(['same']);
    expect((await readFile(path)).equals(before)).toBe(false);
  });

  const damages: [name: string, damage: () => Promise<void>, message: RegExp][] = [
    ['a flipped bit', () => flipBit(40), /damaged/],
    ['a flipped bit of the header', () => flipBit(10), /keychain no longer holds/],
    ['a truncated file', () => truncate(path, 30), /damaged/],
    ['an empty file', () => truncate(path, 0), /not one of Postern/],
    ['a foreign file', () => writeFile(path, '{"connections":[]}'), /not one of Postern/],
    ['a lost key', () => secrets.delete('key'), /keychain no longer holds/],
    ['a replaced key', () => secrets.set('key', Buffer.alloc(32).toString('base64')), /keychain/],
    ['a mangled key', () => secrets.set('key', 'short'), /keychain no longer holds/],
  ];

  async function flipBit(byte: number, mask = 1): Promise<void> {
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(byte) ^ mask, byte);
    await writeFile(path, bytes);
  }

  it.each(damages)(
    '%s: sets the file aside, says where, and goes on empty',
    async (_, damage, message) => {
      await saved(['precious']);
      await damage();
      const bytes = await readFile(path);
      const reopened = store();
      const opened = await reopened.open();
      expect(opened.value).toEqual({ names: [] });
      expect(opened.damage).toMatchObject({ kind: 'StorageFailed' });
      expect(opened.damage?.message).toMatch(message);
      const aside = opened.damage?.detail ?? '';
      expect(basename(aside)).toMatch(/^connections\.enc\.damaged-/);
      expect(opened.damage?.advice).toContain('kept under this name');
      expect((await readFile(aside)).equals(bytes)).toBe(true);
      await reopened.save({ names: ['new'] });
      expect((await readFile(aside)).equals(bytes)).toBe(true);
      expect((await store().open()).value).toEqual({ names: ['new'] });
    },
  );

  const newer: [name: string, write: () => Promise<void>][] = [
    ['a newer way of sealing', () => flipBit(8, 2)],
    ['a newer document', writeNewer],
    [
      'a newer way of sealing, with another key',
      () => flipBit(8, 2).then(() => secrets.delete('key')),
    ],
  ];

  /** What a version of the app would write whose documents hold something else. */
  async function writeNewer(): Promise<void> {
    const options = { file: new AtomicFile(path), secrets, keyAccount: 'key', contents: 'x' };
    const empty = { version: 2, people: [] };
    const later = new EncryptedStore<unknown>({
      ...options,
      schema: z.unknown(),
      version: 2,
      empty,
    });
    await later.open();
    await later.save(empty);
  }

  it.each(newer)('%s: says so, and touches neither file nor keychain', async (_, write) => {
    await saved(['precious']);
    await write();
    const bytes = await readFile(path);
    const key = await secrets.get('key');
    const reopened = store();
    await expect(reopened.open()).rejects.toMatchObject({
      data: {
        kind: 'StorageFailed',
        message: expect.stringContaining('newer version'),
        detail: path,
      },
    });
    await expect(reopened.save({ names: [] })).rejects.toMatchObject({
      data: { kind: 'Internal' },
    });
    expect(await readdir(folder)).toEqual([basename(path)]);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(await secrets.get('key')).toBe(key);
  });

  it('opens a file that was set aside for a lost key once key and name are back', async () => {
    await saved(['precious']);
    const key = (await secrets.get('key')) ?? '';
    await secrets.delete('key');
    const { damage } = await store().open();
    await writeFile(path, await readFile(damage?.detail ?? ''));
    await secrets.set('key', key);
    expect((await store().open()).value).toEqual({ names: ['precious'] });
  });

  it('touches nothing while the keychain is locked', async () => {
    await saved(['precious']);
    const bytes = await readFile(path);
    const failure = new DatabaseError({ kind: 'KeychainUnavailable', message: 'It is locked.' });
    const locked: SecretStore = {
      check: () => Promise.resolve({ available: false, advice: null }),
      get: () => Promise.reject(failure),
      set: () => Promise.reject(failure),
      delete: () => Promise.reject(failure),
    };
    await expect(store(locked).open()).rejects.toBe(failure);
    expect(await readdir(folder)).toEqual([basename(path)]);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  it('refuses to save before it knows what is there', async () => {
    await saved(['precious']);
    await expect(store().save({ names: [] })).rejects.toMatchObject({ data: { kind: 'Internal' } });
    expect((await store().open()).value).toEqual({ names: ['precious'] });
  });

  it('writes saves in the order in which they were asked for', async () => {
    const one = store();
    await one.open();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => one.save({ names: [String(index)] })),
    );
    expect((await store().open()).value).toEqual({ names: ['19'] });
  });
});
