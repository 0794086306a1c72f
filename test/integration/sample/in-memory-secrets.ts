import type { SecretStore } from '../../../src/main/services/secrets';

/** A keychain that lasts as long as the test. */
export class InMemorySecrets implements SecretStore {
  readonly items = new Map<string, string>();
  available = true;

  async check(): Promise<{ available: boolean; advice: string | null }> {
    return { available: this.available, advice: this.available ? null : 'Unlock the keychain.' };
  }

  async get(account: string): Promise<string | null> {
    return this.items.get(account) ?? null;
  }

  async set(account: string, secret: string): Promise<void> {
    this.items.set(account, secret);
  }

  async delete(account: string): Promise<void> {
    this.items.delete(account);
  }
}
