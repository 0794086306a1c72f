import { randomBytes } from 'node:crypto';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { z } from 'zod';
import { DatabaseError } from '../db/errors/database-error';
import {
  NewerDocumentError,
  type DocumentStore,
  type OpenedDocument,
} from '../services/profiles/document-store';
import type { SecretStore } from '../services/secrets';
import type { AtomicFile } from './atomic-file';
import {
  isOfNewerVersion,
  keyBytes,
  seal,
  unseal,
  UnsealError,
  type UnsealFailure,
} from './sealed-document';
import { SerialQueue } from '../serial-queue';
import { readStored } from './stored-document';

export interface EncryptedStoreOptions<T> {
  readonly file: AtomicFile;
  readonly secrets: SecretStore;
  /** The keychain account of the key. */
  readonly keyAccount: string;
  readonly schema: z.ZodType<T>;
  /** The `version` that the schema describes; a document with a higher one is a newer app's. */
  readonly version: number;
  readonly empty: T;
  /** What the document holds, as it is named in messages: "saved connections". */
  readonly contents: string;
  readonly now?: () => Date;
}

/** Why a document cannot be had any more, by this version or another. */
type Damage = Exclude<UnsealFailure, 'newer'>;

type KeyState = { readonly key: Buffer } | { readonly key: null; readonly reason: Damage };

/**
 * One JSON document on disk, encrypted and authenticated with a random key that only the keychain
 * holds.
 *
 * It writes its own file instead of using electron-store, which (conf 15) writes with a blocking
 * fsync on the main thread, falls back to a write that is not atomic where SNAP is set or rename
 * fails with EXDEV, and overwrites a file that it could not read.
 */
export class EncryptedStore<T> implements DocumentStore<T> {
  readonly #options: EncryptedStoreOptions<T>;
  readonly #queue = new SerialQueue();
  #key: Buffer | null = null;

  constructor(options: EncryptedStoreOptions<T>) {
    this.#options = options;
  }

  open(): Promise<OpenedDocument<T>> {
    return this.#queue.run(() => this.#open());
  }

  save(value: T): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#key === null) {
        throw new DatabaseError({
          kind: 'Internal',
          message: `The ${this.#options.contents} were saved before they were opened.`,
        });
      }
      const plaintext = Buffer.from(JSON.stringify(value), 'utf8');
      await this.#options.file.write(seal(plaintext, this.#key));
    });
  }

  async #open(): Promise<OpenedDocument<T>> {
    const { file } = this.#options;
    await file.removeLeftovers();
    const sealed = await file.read();
    // Before anything is asked of the keychain: a newer version may keep its key elsewhere.
    if (sealed !== null && isOfNewerVersion(sealed)) throw this.#newer();
    const found = await this.#findKey();
    let damage: DatabaseErrorData | null = null;
    if (sealed !== null) {
      const failure = found.key === null ? found.reason : this.#tryUnseal(sealed, found.key);
      if (typeof failure === 'object') {
        this.#key = found.key;
        return { value: failure.value, damage: null };
      }
      if (failure === 'newer') throw this.#newer();
      damage = await this.#setAside(failure);
    }
    this.#key = found.key ?? (await this.#makeKey());
    return { value: this.#options.empty, damage };
  }

  #tryUnseal(sealed: Uint8Array, key: Uint8Array): { value: T } | UnsealFailure {
    try {
      const { schema, version } = this.#options;
      return readStored(unseal(sealed, key).toString(), schema, version);
    } catch (error) {
      if (error instanceof UnsealError) return error.failure;
      throw error;
    }
  }

  async #findKey(): Promise<KeyState> {
    const encoded = await this.#options.secrets.get(this.#options.keyAccount);
    const key = encoded === null ? null : Buffer.from(encoded, 'base64');
    return key?.length === keyBytes ? { key } : { key: null, reason: 'other key' };
  }

  async #makeKey(): Promise<Buffer> {
    const key = randomBytes(keyBytes);
    await this.#options.secrets.set(this.#options.keyAccount, key.toString('base64'));
    return key;
  }

  #newer(): NewerDocumentError {
    return new NewerDocumentError(this.#options.contents, this.#options.file.path);
  }

  async #setAside(failure: Damage): Promise<DatabaseErrorData> {
    const path = await this.#options.file.setAside(this.#options.now?.() ?? new Date());
    return {
      kind: 'StorageFailed',
      message: `The ${this.#options.contents} could not be read: ${explanations[failure].what}.`,
      advice: `The file was kept under this name. ${explanations[failure].advice}`,
      detail: path,
    };
  }
}

const explanations: Record<Damage, { what: string; advice: string }> = {
  foreign: {
    what: 'the file is not one of Postern’s',
    advice:
      'Postern goes on with an empty list; put a backup in its place to have the old one back.',
  },
  'other key': {
    what: 'the keychain no longer holds the key that they were encrypted with',
    advice:
      'If the keychain is restored, give the file its old name again; Postern goes on with an empty list.',
  },
  damaged: {
    what: 'the file is damaged',
    advice:
      'Postern goes on with an empty list; put a backup in its place to have the old one back.',
  },
};
