import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { beforeEach, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import {
  emptyProfileDocument,
  ProfileService,
  type ProfileDocument,
} from '../../../../../src/main/services/profiles/profile-service';
import { SessionSecrets } from '../../../../../src/main/services/profiles/session-secrets';

/** A keychain that can be looked into. */
class OpenKeychain extends SessionSecrets {
  readonly items = new Map<string, string>();

  override async set(account: string, secret: string): Promise<void> {
    this.items.set(account, secret);
    await super.set(account, secret);
  }
  override async delete(account: string): Promise<void> {
    this.items.delete(account);
    await super.delete(account);
  }
}

let keychain: OpenKeychain;
let profiles: ProfileService;
let isFull: boolean;

beforeEach(() => {
  keychain = new OpenKeychain();
  isFull = false;
  let document: ProfileDocument = emptyProfileDocument;
  profiles = new ProfileService({
    secrets: keychain,
    store: {
      open: () => Promise.resolve({ value: document, damage: null }),
      save: (value) => {
        if (isFull) {
          return Promise.reject(
            new DatabaseError({ kind: 'StorageFailed', message: 'Disk full.' }),
          );
        }
        document = value;
        return Promise.resolve();
      },
    },
  });
});

const draft = (ssh: object | null): ProfileDraft =>
  profileDraftSchema.parse({
    name: 'Shop',
    host: 'db',
    database: 'shop',
    user: 'app',
    ...(ssh !== null && { ssh: { host: 'bastion', user: 'ann', ...ssh } }),
  });

const byPassword = { authentication: 'password' };
const byKey = { authentication: 'key', keyFile: '/keys/id' };

/** The items of the keychain without the profile's id, apart from what `check` leaves. */
const items = (id: string): Record<string, string> =>
  Object.fromEntries(
    [...keychain.items]
      .filter(([account]) => account.includes(id))
      .map(([account, secret]) => [account.replace(`profile:${id}:`, ''), secret]),
  );

describe('the secret of an SSH tunnel', () => {
  it('is an item of its own beside the password', async () => {
    const saved = await profiles.save({
      id: null,
      draft: draft(byPassword),
      password: 'of the database',
      sshSecret: 'of the host',
    });
    expect(saved).toMatchObject({ hasPassword: true, hasSshSecret: true });
    expect(items(saved.id)).toEqual({ password: 'of the database', 'ssh-password': 'of the host' });
    await profiles.save({ id: saved.id, draft: draft(byPassword) });
    expect(await profiles.sshSecretFor(saved.id)).toBe('of the host');
  });

  it.each([
    ['an empty one is given', draft(byPassword), ''],
    ['it is removed', draft(byPassword), null],
    ['it is asked for each time', draft({ ...byPassword, secretSource: 'ask' }), 'typed'],
    ['the agent takes over', draft({ authentication: 'agent' }), undefined],
    ['the tunnel is taken away', draft(null), undefined],
    ['a key takes over', draft(byKey), undefined],
  ])('goes when %s', async (_name, changed, sshSecret) => {
    const { id } = await profiles.save({ id: null, draft: draft(byPassword), sshSecret: 'old' });
    const saved = await profiles.save({ id, draft: changed, sshSecret });
    expect(saved).not.toHaveProperty('hasSshSecret');
    expect(items(id)).toEqual({});
    expect(await profiles.sshSecretFor(id)).toBeNull();
  });

  it('of one way to authenticate makes room for that of another', async () => {
    const { id } = await profiles.save({ id: null, draft: draft(byPassword), sshSecret: 'old' });
    await profiles.save({ id, draft: draft(byKey), sshSecret: 'passphrase' });
    expect(items(id)).toEqual({ 'ssh-passphrase': 'passphrase' });
  });

  it('goes along with a copy, a deletion and its undo', async () => {
    const { id } = await profiles.save({
      id: null,
      draft: draft(byKey),
      password: 'pw',
      sshSecret: 'passphrase',
    });
    const all = { password: 'pw', 'ssh-passphrase': 'passphrase' };
    const copy = await profiles.duplicate(id);
    expect(copy).toMatchObject({ hasPassword: true, hasSshSecret: true, ssh: byKey });
    expect(items(copy.id)).toEqual(all);
    await profiles.delete(id);
    expect(items(id)).toEqual({});
    expect(items(copy.id)).toEqual(all);
    expect(await profiles.restore(id)).toMatchObject({ hasSshSecret: true });
    expect(items(id)).toEqual(all);
  });

  it('stays as it was when the disk fails', async () => {
    const { id } = await profiles.save({ id: null, draft: draft(byPassword), sshSecret: 'old' });
    isFull = true;
    const change = { id, draft: draft(byKey), password: 'new', sshSecret: 'new' };
    await expect(profiles.save(change)).rejects.toMatchObject({ kind: 'StorageFailed' });
    await expect(profiles.delete(id)).rejects.toMatchObject({ kind: 'StorageFailed' });
    expect(items(id)).toEqual({ 'ssh-password': 'old' });
    expect(await profiles.get(id)).toMatchObject({ ssh: byPassword });
  });
});
