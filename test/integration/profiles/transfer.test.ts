import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileDraftSchema } from '@shared/models/connection-profile';
import type { ImportPreview } from '@shared/models/profile-transfer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  emptyProfileDocument,
  ProfileService,
  type ProfileDocument,
} from '../../../src/main/services/profiles/profile-service';
import { SessionSecrets } from '../../../src/main/services/profiles/session-secrets';
import { TransferService } from '../../../src/main/services/profiles/transfer/transfer-service';
import { AtomicFile } from '../../../src/main/storage/atomic-file';
import { failureOf } from '../db/failure-of';

let home: string;
let profiles: ProfileService;
let transfer: TransferService;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'postern-transfer-'));
  let document: ProfileDocument = emptyProfileDocument;
  profiles = new ProfileService({
    secrets: new SessionSecrets(),
    store: {
      open: () => Promise.resolve({ value: document, damage: null }),
      save: async (value) => {
        document = value;
      },
    },
  });
  transfer = new TransferService({
    profiles,
    environment: {},
    platform: 'linux',
    home,
    systemUser: 'ann',
    writeFile: (path, text) => new AtomicFile(path).write(text),
  });
});
afterEach(() => rm(home, { recursive: true, force: true }));

const draft = (changes: object = {}) =>
  profileDraftSchema.parse({ name: 'Shop', host: 'db', database: 'shop', user: 'app', ...changes });

const usable = (preview: ImportPreview) =>
  preview.candidates.map((candidate) =>
    candidate.state === 'usable'
      ? [candidate.address.name, candidate.existing?.name ?? null]
      : [candidate.label, 'invalid'],
  );

it('carries an SSH tunnel through an export, without its secret', async () => {
  const ssh = { host: 'bastion', user: 'ann', authentication: 'password' };
  const direct = await profiles.save({ id: null, draft: draft({ name: 'Direct' }) });
  const tunnelled = await profiles.save({
    id: null,
    draft: draft({ name: 'Tunnelled', ssh }),
    sshSecret: 'secret-of-the-tunnel',
  });
  const path = join(home, 'export.json');
  await transfer.export([direct.id, tunnelled.id], path);
  expect(await readFile(path, 'utf8')).not.toContain('secret-of-the-tunnel');

  // The same address is another server behind an SSH host.
  expect(usable(await transfer.read('file', path))).toEqual([
    ['Direct', 'Direct'],
    ['Tunnelled', 'Tunnelled'],
  ]);
  const { importId, candidates } = await transfer.read('file', path);
  expect(candidates).toMatchObject([{}, { address: { ssh: { host: 'bastion' } } }]);
  await transfer.import(importId, [
    { index: 0, action: 'replace' },
    { index: 1, action: 'replace' },
  ]);
  expect(await profiles.get(direct.id)).not.toHaveProperty('ssh');
  expect(await profiles.get(tunnelled.id)).toMatchObject({ ssh, hasSshSecret: true });
  expect(await profiles.sshSecretFor(tunnelled.id)).toBe('secret-of-the-tunnel');
});

describe('from pg_service.conf', () => {
  const text =
    '[new]\nhost=new.example\npassword=pw-of-new\n[known]\nhost=DB\ndbname=shop\nuser=app\nsslmode=require\n[bad]\nport=x\n';

  it('tells new, saved and unusable apart, and shows no password', async () => {
    await profiles.save({ id: null, draft: draft() });
    await writeFile(join(home, '.pg_service.conf'), text);
    const preview = await transfer.read('service');
    expect(usable(preview)).toEqual([
      ['new', null],
      ['known', 'Shop'],
      ['bad', 'invalid'],
    ]);
    expect(JSON.stringify(preview)).not.toContain('pw-of-new');
    expect(preview.candidates[0]).toMatchObject({ hasPassword: true });
  });

  it('adds with the password in the keychain, and replaces only what the file says', async () => {
    const saved = await profiles.save({
      id: null,
      draft: draft({ color: 'red', folder: 'Work' }),
      password: 'kept',
    });
    await writeFile(join(home, '.pg_service.conf'), text);
    const { importId } = await transfer.read('service');
    const choices = [
      { index: 0, action: 'add' },
      { index: 1, action: 'replace' },
      { index: 2, action: 'add' },
    ] as const;
    expect(await transfer.import(importId, choices)).toEqual({ added: 1, replaced: 1 });
    const [replaced, added] = await profiles.list();
    expect(replaced).toMatchObject({
      id: saved.id,
      name: 'Shop',
      color: 'red',
      folder: 'Work',
      sslMode: 'require',
      hasPassword: true,
    });
    expect(await profiles.passwordFor(saved.id)).toBe('kept');
    expect(await profiles.passwordFor(added?.id ?? '')).toBe('pw-of-new');
  });

  it('is over once it was imported', async () => {
    await writeFile(join(home, '.pg_service.conf'), text);
    const { importId } = await transfer.read('service');
    await transfer.import(importId, [{ index: 0, action: 'add' }]);
    const error = await failureOf(transfer.import(importId, [{ index: 0, action: 'add' }]));
    expect(error.kind).toBe('NotFound');
    expect(await profiles.list()).toHaveLength(1);
  });

  it('says which file is not there', async () => {
    const error = await failureOf(transfer.read('service'));
    expect(error.data).toMatchObject({
      kind: 'NotFound',
      message: `There is no file ${join(home, '.pg_service.conf')}.`,
      advice: expect.stringContaining('PGSERVICEFILE'),
    });
  });
});

describe('from .pgpass', () => {
  it('leaves the password in the file', async () => {
    await writeFile(join(home, '.pgpass'), 'db:5432:shop:app:pw-in-file\n', { mode: 0o600 });
    const preview = await transfer.read('pgpass');
    expect(JSON.stringify(preview)).not.toContain('pw-in-file');
    await transfer.import(preview.importId, [{ index: 0, action: 'add' }]);
    expect(await profiles.list()).toMatchObject([{ passwordSource: 'pgpass', hasPassword: false }]);
  });

  it('refuses one that others can read, as libpq does', async () => {
    await writeFile(join(home, '.pgpass'), 'db:5432:shop:app:pw\n', { mode: 0o644 });
    expect((await failureOf(transfer.read('pgpass'))).data).toMatchObject({
      kind: 'StorageFailed',
      advice: expect.stringContaining('chmod 0600'),
    });
  });
});

describe('a file of Postern', () => {
  it('goes from one list to another without secrets', async () => {
    const { id } = await profiles.save({ id: null, draft: draft(), password: 'pw-in-keychain' });
    await profiles.save({ id: null, draft: draft({ name: 'Not chosen', host: 'other' }) });
    const path = join(home, 'export.json');
    expect(await transfer.export([id], path)).toBe(1);
    expect(await readFile(path, 'utf8')).not.toContain('pw-in-keychain');
    expect(usable(await transfer.read('file', path))).toEqual([['Shop', 'Shop']]);
    await profiles.delete(id);
    expect(usable(await transfer.read('file', path))).toEqual([['Shop', null]]);
  });

  it('is refused when it is none', async () => {
    const path = join(home, 'other.json');
    await writeFile(path, '{"a": 1}');
    expect((await failureOf(transfer.read('file', path))).data).toMatchObject({
      kind: 'InvalidInput',
      message: 'The file is not an export of Postern.',
    });
  });
});
