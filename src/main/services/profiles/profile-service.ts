import { randomUUID } from 'node:crypto';
import { connectionProfileSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import type { ProfileSave } from '@shared/ipc/contract';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { z } from 'zod';
import { DatabaseError } from '../../db/errors';
import { SerialQueue } from '../../serial-queue';
import type { SecretStore } from '../secrets';
import type { DocumentStore } from './document-store';
import { copyName, placed, type Placement } from './profile-placement';
import { validateDraft } from './profile-validation';
import { SessionSecrets } from './session-secrets';

/** The document of all profiles. It holds no password: those are keychain items of their own. */
export const profileDocumentSchema = z.object({
  version: z.literal(1),
  profiles: z.array(connectionProfileSchema),
});
export type ProfileDocument = z.infer<typeof profileDocumentSchema>;
export const emptyProfileDocument: ProfileDocument = { version: 1, profiles: [] };

/** How profiles are kept in this session. */
export interface ProfileStorageStatus {
  /** False while there is no keychain: profiles then end with the session. */
  readonly persistent: boolean;
  /** What a person should know: why nothing is kept, or which damaged file was set aside. */
  readonly notice: DatabaseErrorData | null;
}

export interface ProfileServiceOptions {
  readonly store: DocumentStore<ProfileDocument>;
  readonly secrets: SecretStore;
  readonly now?: () => Date;
}

interface DeletedProfile {
  readonly profile: ConnectionProfile;
  readonly index: number;
  readonly password: string | null;
}

/** The keychain account of a profile's password. */
export const passwordAccount = (id: string): string => `profile:${id}:password`;

/**
 * Saved connections and their passwords.
 *
 * Without a keychain nothing can be encrypted, so profiles stay in memory for the session and
 * `status` says so; every later call looks for the keychain again and, once it answers, moves there
 * what was entered meanwhile. Calls run one after another, so that no save overtakes another.
 */
export class ProfileService {
  readonly #store: DocumentStore<ProfileDocument>;
  readonly #keychain: SecretStore;
  readonly #session = new SessionSecrets();
  readonly #now: () => Date;
  readonly #queue = new SerialQueue();
  readonly #deleted = new Map<string, DeletedProfile>();
  #profiles: readonly ConnectionProfile[] = [];
  #persistent = false;
  #notice: DatabaseErrorData | null = null;

  constructor(options: ProfileServiceOptions) {
    this.#store = options.store;
    this.#keychain = options.secrets;
    this.#now = options.now ?? (() => new Date());
  }

  /** All profiles in the order that a person gave them; new ones come last. */
  list(): Promise<readonly ConnectionProfile[]> {
    return this.#run(() => Promise.resolve(this.#profiles));
  }

  /** Raises NotFound. */
  get(id: string): Promise<ConnectionProfile> {
    return this.#run(() => Promise.resolve(this.#find(id)));
  }

  status(): Promise<ProfileStorageStatus> {
    return this.#run(() => Promise.resolve({ persistent: this.#persistent, notice: this.#notice }));
  }

  /**
   * Makes a profile (`id` null) or replaces one, and its password with it: undefined leaves what the
   * keychain has, null or an empty text removes it. Only a profile whose password source is the
   * keychain keeps one. Raises InvalidInput, NotFound, KeychainUnavailable, StorageFailed; whatever
   * fails, profile and password stay as they were.
   */
  save(request: ProfileSave): Promise<ConnectionProfile> {
    return this.#run(async () => {
      const draft = validateDraft(request.draft);
      if (request.id !== null && this.#deleted.has(request.id)) await this.#restore(request.id);
      const previous = request.id === null ? null : this.#find(request.id);
      const id = previous?.id ?? randomUUID();
      const password = draft.passwordSource === 'keychain' ? request.password : null;
      const profile: ConnectionProfile = {
        ...draft,
        id,
        hasPassword: password === undefined ? (previous?.hasPassword ?? false) : Boolean(password),
        lastOpenedAt: previous?.lastOpenedAt ?? null,
      };
      const profiles =
        previous === null
          ? [...this.#profiles, profile]
          : this.#profiles.map((other) => (other.id === id ? profile : other));
      if (password === undefined || (!password && !previous?.hasPassword)) {
        await this.#replace(profiles);
      } else {
        await this.#withPassword(id, password || null, () => this.#replace(profiles));
      }
      return profile;
    });
  }

  /** Moves a profile within the list, and into a folder or out of it. Raises NotFound. */
  move(id: string, placement: Placement): Promise<readonly ConnectionProfile[]> {
    return this.#run(async () => {
      this.#find(id);
      await this.#replace(placed(this.#profiles, id, placement));
      return this.#profiles;
    });
  }

  /** Gives a folder another name; null takes its profiles out of it. Raises InvalidInput. */
  renameFolder(from: string, to: string | null): Promise<readonly ConnectionProfile[]> {
    return this.#run(async () => {
      const profiles = this.#profiles.map((profile) => {
        if (profile.folder !== from) return profile;
        const { folder: _left, ...rest } = profile;
        return to === null ? rest : { ...rest, folder: to };
      });
      await this.#replace(profiles);
      return this.#profiles;
    });
  }

  /**
   * Makes a copy of a profile behind it, under a name of its own and with the same password, which
   * only main sees. Raises NotFound, KeychainUnavailable, StorageFailed.
   */
  duplicate(id: string): Promise<ConnectionProfile> {
    return this.#run(async () => {
      const original = this.#find(id);
      const names = this.#profiles.map(({ name }) => name);
      const password = original.hasPassword ? await this.#secrets.get(passwordAccount(id)) : null;
      const copy: ConnectionProfile = {
        ...original,
        id: randomUUID(),
        name: copyName(original.name, names),
        hasPassword: password !== null,
        lastOpenedAt: null,
      };
      const profiles = this.#profiles.flatMap((other) =>
        other === original ? [original, copy] : [other],
      );
      if (password === null) await this.#replace(profiles);
      else await this.#withPassword(copy.id, password, () => this.#replace(profiles));
      return copy;
    });
  }

  /** Removes a profile and its password; `restore` brings both back until the app ends. Raises NotFound. */
  delete(id: string): Promise<void> {
    return this.#run(async () => {
      const profile = this.#find(id);
      const index = this.#profiles.indexOf(profile);
      const remaining = this.#profiles.filter((other) => other !== profile);
      const password = profile.hasPassword ? await this.#secrets.get(passwordAccount(id)) : null;
      if (password === null) await this.#replace(remaining);
      else await this.#withPassword(id, null, () => this.#replace(remaining));
      this.#deleted.set(id, { profile, index, password });
    });
  }

  /** Brings a profile back that was deleted in this session, with its password. Raises NotFound. */
  restore(id: string): Promise<ConnectionProfile> {
    return this.#run(() => this.#restore(id));
  }

  /** Notes that a connection of this profile was opened now. Raises NotFound. */
  touch(id: string): Promise<void> {
    return this.#run(async () => {
      const opened = { ...this.#find(id), lastOpenedAt: this.#now().toISOString() };
      await this.#replace(this.#profiles.map((other) => (other.id === id ? opened : other)));
    });
  }

  /** The password that the keychain holds for a profile; null when there is none. */
  passwordFor(id: string): Promise<string | null> {
    return this.#run(async () => {
      const profile = this.#find(id);
      return profile.hasPassword ? await this.#secrets.get(passwordAccount(id)) : null;
    });
  }

  /** Resolves once every save handed in so far is on disk: what the app waits for before it ends. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  get #secrets(): SecretStore {
    return this.#persistent ? this.#keychain : this.#session;
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      if (!this.#persistent) await this.#open();
      return await task();
    });
  }

  #find(id: string): ConnectionProfile {
    const profile = this.#profiles.find((candidate) => candidate.id === id);
    if (profile === undefined) throw notFound();
    return profile;
  }

  async #replace(profiles: readonly ConnectionProfile[]): Promise<void> {
    if (this.#persistent) await this.#store.save({ version: 1, profiles: [...profiles] });
    this.#profiles = profiles;
  }

  async #restore(id: string): Promise<ConnectionProfile> {
    const deleted = this.#deleted.get(id);
    if (deleted === undefined) throw notFound();
    const profiles = [...this.#profiles];
    profiles.splice(deleted.index, 0, deleted.profile);
    if (deleted.password === null) await this.#replace(profiles);
    else await this.#withPassword(id, deleted.password, () => this.#replace(profiles));
    this.#deleted.delete(id);
    return deleted.profile;
  }

  /** Changes a password and the document together: when the document cannot be saved, the password goes back. */
  async #withPassword(
    id: string,
    password: string | null,
    save: () => Promise<void>,
  ): Promise<void> {
    const secrets = this.#secrets;
    const account = passwordAccount(id);
    const before = await secrets.get(account);
    await writeSecret(secrets, account, password);
    try {
      await save();
    } catch (error) {
      await writeSecret(secrets, account, before);
      throw error;
    }
  }

  async #open(): Promise<void> {
    // A quick question first: reading through a keychain that waits for somebody takes far longer.
    const { available, advice } = await this.#keychain.check();
    if (!available) {
      this.#notice = sessionOnly({ kind: 'KeychainUnavailable', message: 'No keychain' }, advice);
      return;
    }
    try {
      const opened = await this.#store.open();
      const profiles = [...opened.value.profiles, ...this.#profiles];
      if (this.#profiles.length > 0) await this.#moveIn(profiles);
      this.#profiles = profiles;
      this.#persistent = true;
      this.#notice = opened.damage;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#notice = sessionOnly(error.data, error.data.advice ?? null);
    }
  }

  async #moveIn(profiles: ConnectionProfile[]): Promise<void> {
    for (const { id } of this.#profiles) {
      const password = await this.#session.get(passwordAccount(id));
      if (password !== null) await this.#keychain.set(passwordAccount(id), password);
    }
    await this.#store.save({ version: 1, profiles });
  }
}

async function writeSecret(
  store: SecretStore,
  account: string,
  secret: string | null,
): Promise<void> {
  if (secret === null) await store.delete(account);
  else await store.set(account, secret);
}

function notFound(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'This connection no longer exists.',
    advice: 'Choose another one from the list.',
  });
}

function sessionOnly(cause: DatabaseErrorData, advice: string | null): DatabaseErrorData {
  const why =
    cause.kind === 'KeychainUnavailable'
      ? 'there is no keychain to keep their key in'
      : cause.message.replace(/\.$/, '');
  return {
    ...cause,
    message: `Connections are kept for this session only: ${why}.`,
    advice: `${advice ?? ''} What is entered meanwhile is saved as soon as that is done.`.trim(),
  };
}
