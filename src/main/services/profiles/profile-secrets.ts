import type { ProfileSave } from '@shared/ipc/contract';
import type { ConnectionProfile, ProfileDraft } from '@shared/models/connection-profile';
import type { SecretStore } from '../secrets';

/** The secrets of a profile; null for one that the keychain does not hold. */
export interface ProfileSecrets {
  readonly password: string | null;
  /** The SSH password, or the passphrase of the SSH key. */
  readonly sshSecret: string | null;
}

export const noSecrets: ProfileSecrets = { password: null, sshSecret: null };

/** What becomes of the keychain's items, by account; null removes one. */
export type SecretChanges = ReadonlyMap<string, string | null>;

/** The keychain account of a profile's password. */
export const passwordAccount = (id: string): string => `profile:${id}:password`;

/** The keychain account of what the SSH host is to know; null where it is told no secret. */
export function sshSecretAccount(id: string, { ssh }: Pick<ProfileDraft, 'ssh'>): string | null {
  if (ssh === undefined || ssh.authentication === 'agent') return null;
  return `profile:${id}:ssh-${ssh.authentication === 'key' ? 'passphrase' : 'password'}`;
}

/** Reads what the keychain holds for a profile. Raises KeychainUnavailable. */
export async function readSecrets(
  store: SecretStore,
  profile: ConnectionProfile,
): Promise<ProfileSecrets> {
  const account = sshSecretAccount(profile.id, profile);
  return {
    password: profile.hasPassword ? await store.get(passwordAccount(profile.id)) : null,
    sshSecret: profile.hasSshSecret === true && account !== null ? await store.get(account) : null,
  };
}

/** The profile as it is with these secrets and no others. */
export function withKept(profile: ConnectionProfile, secrets: ProfileSecrets): ConnectionProfile {
  const { hasSshSecret: _left, ...rest } = profile;
  return {
    ...rest,
    hasPassword: secrets.password !== null,
    ...(secrets.sshSecret !== null && { hasSshSecret: true }),
  };
}

/** The items of a profile, each with what is to be in it. */
export function itemsOf(profile: ConnectionProfile, secrets: ProfileSecrets): SecretChanges {
  const changes = new Map<string, string | null>();
  if (profile.hasPassword) changes.set(passwordAccount(profile.id), secrets.password);
  const account = sshSecretAccount(profile.id, profile);
  if (profile.hasSshSecret === true && account !== null) changes.set(account, secrets.sshSecret);
  return changes;
}

/** What saving a profile does to its items, and which ones it has afterwards. */
export interface SecretPlan {
  readonly changes: SecretChanges;
  readonly hasPassword: boolean;
  readonly hasSshSecret: boolean;
}

/**
 * Plans what `ProfileService.save` promises: a secret that is not given stays, an empty one goes, and
 * one that the profile no longer keeps in the keychain goes too.
 */
export function planSecrets(
  id: string,
  draft: ProfileDraft,
  request: Pick<ProfileSave, 'password' | 'sshSecret'>,
  previous: ConnectionProfile | null,
): SecretPlan {
  const changes = new Map<string, string | null>();
  const plan = (
    account: string,
    { keeps, given, had }: { keeps: boolean; given: string | null | undefined; had: boolean },
  ): boolean => {
    const wanted = keeps ? given : null;
    if (wanted === undefined) return had;
    if (wanted) changes.set(account, wanted);
    else if (had) changes.set(account, null);
    return Boolean(wanted);
  };
  const hasPassword = plan(passwordAccount(id), {
    keeps: draft.passwordSource === 'keychain',
    given: request.password,
    had: previous?.hasPassword ?? false,
  });
  const account = sshSecretAccount(id, draft);
  const before = previous?.hasSshSecret === true ? sshSecretAccount(id, previous) : null;
  // The password of before is no passphrase of now.
  if (before !== null && before !== account) changes.set(before, null);
  const hasSshSecret =
    account !== null &&
    plan(account, {
      keeps: draft.ssh?.secretSource === 'keychain',
      given: request.sshSecret,
      had: before === account,
    });
  return { changes, hasPassword, hasSshSecret };
}

/** Changes items and what `save` saves together: when that fails, the items go back. */
export async function withSecrets(
  store: SecretStore,
  changes: SecretChanges,
  save: () => Promise<void>,
): Promise<void> {
  const before = new Map<string, string | null>();
  for (const account of changes.keys()) before.set(account, await store.get(account));
  try {
    await write(store, changes);
    await save();
  } catch (error) {
    await write(store, before);
    throw error;
  }
}

async function write(store: SecretStore, changes: SecretChanges): Promise<void> {
  for (const [account, secret] of changes) {
    if (secret === null) await store.delete(account);
    else await store.set(account, secret);
  }
}
