import { randomUUID } from 'node:crypto';
import { connectionProfileSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import type { ProfileSave } from '@shared/ipc/contract';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { z } from 'zod';
import { DatabaseError } from '../../db/errors/database-error';
import { SerialQueue } from '../../serial-queue';
import type { SecretStore } from '../secrets';
import { NewerDocumentError, type DocumentStore } from './document-store';
import { deletedWhileOpen, notFound } from './profile-gone';
import { copyName, placed, type Placement } from './profile-placement';
import { validateDraft } from './profile-validation';
import {
  itemsOf,
  noSecrets,
  passwordAccount,
  planSecrets,
  readSecrets,
  withKept,
  withSecrets,
  type ProfileSecrets,
  type SecretChanges,
} from './profile-secrets';
import { lostAtTheEnd, savedLater, sessionOnly } from './session-only';
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
  /** Told of each profile that was saved, for whoever shows what it says. */
  readonly onSaved?: (profile: ConnectionProfile) => void;
}

interface DeletedProfile {
  readonly profile: ConnectionProfile;
  readonly index: number;
  readonly secrets: ProfileSecrets;
}

/**
 * Saved connections and their secrets.
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
  readonly #onSaved: (profile: ConnectionProfile) => void;
  readonly #queue = new SerialQueue();
  readonly #deleted = new Map<string, DeletedProfile>();
  #profiles: readonly ConnectionProfile[] = [];
  #persistent = false;
  #notice: DatabaseErrorData | null = null;

  constructor(options: ProfileServiceOptions) {
    this.#store = options.store;
    this.#keychain = options.secrets;
    this.#now = options.now ?? (() => new Date());
    this.#onSaved = options.onSaved ?? (() => undefined);
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
   * Makes a profile (`id` null) or replaces one, and its secrets with it: undefined leaves what the
   * keychain has, null or an empty text removes it. Only a profile that says so keeps one there.
   * Raises InvalidInput, NotFound, KeychainUnavailable, StorageFailed; whatever fails, profile and
   * secrets stay as they were.
   */
  save(request: ProfileSave): Promise<ConnectionProfile> {
    return this.#run(async () => {
      const draft = validateDraft(request.draft);
      if (request.id !== null && this.#deleted.has(request.id)) await this.#restore(request.id);
      const previous = request.id === null ? null : this.#find(request.id);
      const id = previous?.id ?? randomUUID();
      const secrets = planSecrets(id, draft, request, previous);
      const profile: ConnectionProfile = {
        ...draft,
        id,
        hasPassword: secrets.hasPassword,
        ...(secrets.hasSshSecret && { hasSshSecret: true }),
        lastOpenedAt: previous?.lastOpenedAt ?? null,
      };
      const profiles =
        previous === null
          ? [...this.#profiles, profile]
          : this.#profiles.map((other) => (other.id === id ? profile : other));
      await this.#replace(profiles, secrets.changes);
      this.#onSaved(profile);
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
   * Makes a copy of a profile behind it, under a name of its own and with the same secrets, which
   * only main sees. Raises NotFound, KeychainUnavailable, StorageFailed.
   */
  duplicate(id: string): Promise<ConnectionProfile> {
    return this.#run(async () => {
      const original = this.#find(id);
      const names = this.#profiles.map(({ name }) => name);
      const secrets = await readSecrets(this.#secrets, original);
      const copy = withKept(
        {
          ...original,
          id: randomUUID(),
          name: copyName(original.name, names),
          lastOpenedAt: null,
        },
        secrets,
      );
      const profiles = this.#profiles.flatMap((other) =>
        other === original ? [original, copy] : [other],
      );
      await this.#replace(profiles, itemsOf(copy, secrets));
      return copy;
    });
  }

  /** Removes a profile and its secrets; `restore` brings all back until the app ends. Raises NotFound. */
  delete(id: string): Promise<void> {
    return this.#run(async () => {
      const profile = this.#find(id);
      const index = this.#profiles.indexOf(profile);
      const remaining = this.#profiles.filter((other) => other !== profile);
      const secrets = await readSecrets(this.#secrets, profile);
      await this.#replace(remaining, itemsOf(profile, noSecrets));
      this.#deleted.set(id, { profile, index, secrets });
    });
  }

  /** Brings a profile back that was deleted in this session, with its secrets. Raises NotFound. */
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

  /**
   * The password that the keychain holds for a profile; null when there is none. Raises NotFound where
   * the profile was deleted: a connection that is open still makes sessions.
   */
  passwordFor(id: string): Promise<string | null> {
    return this.#run(async () => {
      const profile = this.#find(id, deletedWhileOpen);
      return profile.hasPassword ? await this.#secrets.get(passwordAccount(id)) : null;
    });
  }

  /** The SSH password or key passphrase that the keychain holds for a profile; null when there is none. */
  sshSecretFor(id: string): Promise<string | null> {
    return this.#run(
      async () => (await readSecrets(this.#secrets, this.#find(id, deletedWhileOpen))).sshSecret,
    );
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

  #find(id: string, missing = notFound): ConnectionProfile {
    const profile = this.#profiles.find((candidate) => candidate.id === id);
    if (profile === undefined) throw missing();
    return profile;
  }

  /** Changes the document, and the items of the keychain with it: both or neither. */
  async #replace(
    profiles: readonly ConnectionProfile[],
    changes: SecretChanges = new Map(),
  ): Promise<void> {
    await withSecrets(this.#secrets, changes, async () => {
      if (this.#persistent) await this.#store.save({ version: 1, profiles: [...profiles] });
    });
    this.#profiles = profiles;
  }

  async #restore(id: string): Promise<ConnectionProfile> {
    const deleted = this.#deleted.get(id);
    if (deleted === undefined) throw notFound();
    const profiles = [...this.#profiles];
    profiles.splice(deleted.index, 0, deleted.profile);
    await this.#replace(profiles, itemsOf(deleted.profile, deleted.secrets));
    this.#deleted.delete(id);
    return deleted.profile;
  }

  async #open(): Promise<void> {
    // A quick question first: reading through a keychain that waits for somebody takes far longer.
    const { available, advice } = await this.#keychain.check();
    if (!available) {
      this.#notice = sessionOnly({ kind: 'KeychainUnavailable', message: 'No keychain' }, [
        advice,
        savedLater,
      ]);
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
      this.#notice = sessionOnly(error.data, [
        error.data.advice,
        error instanceof NewerDocumentError ? lostAtTheEnd : savedLater,
      ]);
    }
  }

  async #moveIn(profiles: ConnectionProfile[]): Promise<void> {
    for (const profile of this.#profiles) {
      const items = itemsOf(profile, await readSecrets(this.#session, profile));
      await withSecrets(this.#keychain, items, () => Promise.resolve());
    }
    await this.#store.save({ version: 1, profiles });
  }
}
