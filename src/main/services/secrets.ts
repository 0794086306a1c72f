/** Where secrets live: the operating system's keychain, behind an interface so that services run without Electron. */
export interface SecretStore {
  /** Whether the keychain answers; `advice` says what to install or unlock when it does not. Never raises. */
  check(): Promise<{ readonly available: boolean; readonly advice: string | null }>;
  /** null when there is certainly no such item. Raises DatabaseError of kind KeychainUnavailable. */
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(account: string): Promise<void>;
}
