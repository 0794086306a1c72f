import { randomUUID } from 'node:crypto';
import { endsWithin } from '../db/deadline';
import { DatabaseError } from '../db/errors/database-error';
import type { SecretStore } from '../services/secrets';
import { SerialQueue } from '../serial-queue';

/** What is used of keytar: a function of its own for each call, by service and account. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  /** The name under which the operating system lists the items. */
  readonly service?: string;
  readonly platform?: NodeJS.Platform;
  /** Milliseconds that `check` waits. */
  readonly checkDeadlineMs?: number;
  /** Milliseconds that any other call waits: long enough to type the password of a keychain. */
  readonly deadlineMs?: number;
  readonly load?: () => Promise<Keytar>;
}

/**
 * The operating system's keychain: macOS Keychain, Windows Credential Manager, and on Linux the
 * Secret Service of D-Bus (GNOME Keyring, KWallet, KeePassXC), through keytar.
 *
 * keytar is loaded at the first call, since its Linux binary needs libsecret: where that is missing,
 * the app starts all the same and says what to install. Its calls block a thread of libuv's pool,
 * which files and DNS share, for as long as an unlock prompt stays open: one call at a time, so that
 * a prompt nobody answers never holds more than one thread. Each call has a deadline.
 */
export class Keychain implements SecretStore {
  readonly #service: string;
  readonly #platform: NodeJS.Platform;
  readonly #checkDeadlineMs: number;
  readonly #deadlineMs: number;
  readonly #load: () => Promise<Keytar>;
  readonly #queue = new SerialQueue();
  /** The call that the keychain works on: there is never more than one. */
  #current: { isGivenUp: boolean } | null = null;

  constructor(options: KeychainOptions = {}) {
    this.#service = options.service ?? 'Postern';
    this.#platform = options.platform ?? process.platform;
    this.#checkDeadlineMs = options.checkDeadlineMs ?? 4_000;
    this.#deadlineMs = options.deadlineMs ?? 20_000;
    this.#load = options.load ?? loadKeytar;
  }

  /**
   * Whether a call still waits for the keychain, although its caller may have given up. The process
   * then cannot end by itself: libuv joins its threads at exit, and an open prompt never returns.
   * Whoever quits the app has to kill the process once all else is saved.
   */
  get isBusy(): boolean {
    return this.#current !== null;
  }

  async check(): Promise<{ available: boolean; advice: string | null }> {
    try {
      await this.#prove(this.#checkDeadlineMs);
      return { available: true, advice: null };
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      return { available: false, advice: error.data.advice ?? error.message };
    }
  }

  /**
   * "No such item" is believed only from a keychain that has just shown that it works: a locked keyring
   * says the same, and must not cost anyone a password, or all profiles with their key.
   */
  async get(account: string): Promise<string | null> {
    const found = await this.#find(account);
    if (found !== null) return found;
    await this.#prove(this.#deadlineMs);
    // Proving it may have unlocked it.
    return await this.#find(account);
  }

  async set(account: string, secret: string): Promise<void> {
    await this.#call(this.#deadlineMs, (keytar) =>
      keytar.setPassword(this.#service, account, secret),
    );
  }

  async delete(account: string): Promise<void> {
    await this.#call(this.#deadlineMs, (keytar) => keytar.deletePassword(this.#service, account));
  }

  /**
   * Resolves when no call is under way, or after `limitMs` when a prompt still waits for its answer.
   * Before the process exits: Node aborts when a call of a native module ends in an environment that
   * is gone already.
   */
  async idle(limitMs: number): Promise<void> {
    await endsWithin(limitMs, this.#queue.idle());
  }

  #find(account: string): Promise<string | null> {
    return this.#call(this.#deadlineMs, (keytar) => keytar.getPassword(this.#service, account));
  }

  /**
   * Writes, reads and removes an item of its own. Reading alone proves nothing: with a locked
   * keyring libsecret answers a lookup with "no such item" instead of an error.
   */
  async #prove(deadlineMs: number): Promise<void> {
    await this.#call(deadlineMs, async (keytar) => {
      // One fixed account: whatever a process that was killed here left is replaced by the next.
      const value = randomUUID();
      await keytar.setPassword(this.#service, 'check', value);
      const found = await keytar.getPassword(this.#service, 'check');
      await keytar.deletePassword(this.#service, 'check');
      if (found !== value) throw new Error('An item that was just written was not found');
    });
  }

  async #call<T>(limitMs: number, use: (keytar: Keytar) => Promise<T>): Promise<T> {
    // Whoever comes behind a prompt that nobody has answered so far is not made to wait again.
    const deadlineMs = this.#current?.isGivenUp === true ? Math.min(limitMs, 250) : limitMs;
    const call = { isGivenUp: false };
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        call.isGivenUp = true;
        reject(this.#noAnswer(deadlineMs));
      }, deadlineMs);
    });
    const answer = this.#queue.run(async () => {
      // A call whose caller was told that it failed must not take effect later.
      if (call.isGivenUp) throw this.#noAnswer(deadlineMs);
      this.#current = call;
      try {
        return await use(await this.#load());
      } catch (error) {
        throw this.#unavailable(error);
      } finally {
        this.#current = null;
      }
    });
    try {
      return await Promise.race([answer, deadline]);
    } finally {
      clearTimeout(timer);
      // The loser of the race may still fail, long after its caller has gone.
      answer.catch(() => undefined);
    }
  }

  #noAnswer(deadlineMs: number): DatabaseError {
    return new DatabaseError({
      kind: 'KeychainUnavailable',
      message: `The keychain did not answer within ${deadlineMs / 1000} s.`,
      advice: 'If a window asks for the password of the keychain, answer it, then try again.',
      systemCode: 'ETIMEDOUT',
    });
  }

  #unavailable(cause: unknown): DatabaseError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new DatabaseError(
      {
        kind: 'KeychainUnavailable',
        message: 'The keychain of the operating system cannot be used.',
        advice: keychainAdvice(this.#platform, reason),
        detail: reason,
      },
      { cause },
    );
  }
}

async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar');
  // A CommonJS module that is imported has its functions on `default` too; bundlers differ.
  return 'default' in module ? module.default : module;
}

/** What a person does to make a keychain usable, from the platform and libsecret's or the loader's words. */
export function keychainAdvice(platform: NodeJS.Platform, reason: string): string {
  if (platform === 'darwin') {
    return 'Unlock the login keychain in the Keychain Access app and allow Postern to use it, then try again.';
  }
  if (platform === 'win32') {
    return 'Start the Windows service "Credential Manager" (VaultSvc), then try again.';
  }
  if (/native addon|libsecret/i.test(reason)) {
    return 'Install libsecret (package libsecret-1-0 or libsecret) and a keychain such as GNOME Keyring, KWallet or KeePassXC, then start Postern again.';
  }
  if (/locked/i.test(reason)) {
    return 'The keychain is locked: unlock it with your login password, then try again.';
  }
  if (/collection|just written/i.test(reason)) {
    return 'The keychain has no default keyring, or it is locked: create or unlock one, for example in the app "Passwords and Keys" (seahorse), then try again.';
  }
  if (/D-?Bus|autolaunch|connect/i.test(reason)) {
    return 'No D-Bus session was found: start Postern from a desktop session, or with dbus-run-session, and install GNOME Keyring (package gnome-keyring), KWallet or KeePassXC.';
  }
  return 'No keychain answers on this desktop: install and unlock GNOME Keyring (package gnome-keyring), KWallet, or KeePassXC with its Secret Service integration, then try again.';
}
