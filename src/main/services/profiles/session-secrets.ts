import type { SecretStore } from '../secrets';

/** Secrets that live as long as the process, for a session without a keychain. Nothing is written. */
export class SessionSecrets implements SecretStore {
  readonly #secrets = new Map<string, string>();

  check(): Promise<{ available: boolean; advice: string | null }> {
    return Promise.resolve({ available: true, advice: null });
  }

  get(account: string): Promise<string | null> {
    return Promise.resolve(this.#secrets.get(account) ?? null);
  }

  set(account: string, secret: string): Promise<void> {
    this.#secrets.set(account, secret);
    return Promise.resolve();
  }

  delete(account: string): Promise<void> {
    this.#secrets.delete(account);
    return Promise.resolve();
  }
}
