import { randomBytes } from 'node:crypto';
import { DatabaseError } from '../../db/errors/database-error';
import type { SecretStore } from '../secrets';

/**
 * The password of the sample's role: random, in the keychain, and in memory for this session.
 * Without a keychain it is only in memory, and the next session sets a new one. It is never
 * written to disk in clear.
 */
export class SamplePassword {
  readonly #secrets: SecretStore;
  readonly #account: string;
  readonly #log: (message: string) => void;
  #current: string | null = null;

  constructor(secrets: SecretStore, account: string, log: (message: string) => void) {
    this.#secrets = secrets;
    this.#account = account;
    this.#log = log;
  }

  /** null when the keychain has none or does not answer. */
  async recall(): Promise<string | null> {
    this.#current ??= await this.#withKeychain(() => this.#secrets.get(this.#account));
    return this.#current;
  }

  /** A new password, from now on the one that recall gives. */
  async renew(): Promise<string> {
    const password = randomBytes(32).toString('base64url');
    this.#current = password;
    await this.#withKeychain(() => this.#secrets.set(this.#account, password));
    return password;
  }

  async #withKeychain<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      if ((await this.#secrets.check()).available) return await action();
    } catch (error) {
      if (!(error instanceof DatabaseError && error.kind === 'KeychainUnavailable')) throw error;
    }
    this.#log('Sample server: no keychain, its password is kept for this session only');
    return null;
  }
}
