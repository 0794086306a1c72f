import { describe, expect, it, vi } from 'vitest';
import { Keychain, keychainAdvice, type Keytar } from '../../../../src/main/storage/keychain';

/** The real one is in the integration tests: these are the failures that cannot be had at will. */
function keytar(changes: Partial<Keytar> = {}): Keytar & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getPassword: (_service, account) => Promise.resolve(items.get(account) ?? null),
    setPassword: (_service, account, password) => {
      items.set(account, password);
      return Promise.resolve();
    },
    deletePassword: (_service, account) => Promise.resolve(items.delete(account)),
    ...changes,
  };
}

/** A prompt that stays open until it is answered. */
class Gate {
  #open: (() => void) | undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  open(): void {
    this.#open?.();
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

describe('Keychain', () => {
  it('stores, reads and deletes, and leaves no trace of its check', async () => {
    const native = keytar();
    const keychain = new Keychain({ load: () => Promise.resolve(native) });
    expect(await keychain.check()).toEqual({ available: true, advice: null });
    expect(native.items.size).toBe(0);
    await keychain.set('account', 'secret');
    expect(await keychain.get('account')).toBe('secret');
    await keychain.delete('account');
    await keychain.delete('account');
    expect(await keychain.get('account')).toBeNull();
  });

  it('does not load keytar before it is needed', async () => {
    const load = vi.fn<() => Promise<Keytar>>(() => Promise.resolve(keytar()));
    const keychain = new Keychain({ load });
    expect(load).not.toHaveBeenCalled();
    await keychain.delete('account');
    expect(load).toHaveBeenCalledOnce();
  });

  it('says what to install when keytar cannot be loaded', async () => {
    const keychain = new Keychain({
      platform: 'linux',
      load: () => Promise.reject(new Error('Failed to load keytar native addon, checked …')),
    });
    const { available, advice } = await keychain.check();
    expect(available).toBe(false);
    expect(advice).toContain('libsecret');
    await expect(keychain.get('account')).rejects.toMatchObject({
      data: { kind: 'KeychainUnavailable', advice },
    });
  });

  it('counts a keychain that forgets at once as none', async () => {
    const native = keytar({ getPassword: () => Promise.resolve(null) });
    const keychain = new Keychain({ platform: 'linux', load: () => Promise.resolve(native) });
    expect(await keychain.check()).toMatchObject({ available: false });
  });

  it('does not believe a locked keychain that there is no such item', async () => {
    const unlocked = keytar();
    const lockedError = new Error('Cannot create an item in a locked collection');
    const native = keytar({
      getPassword: () => Promise.resolve(null),
      setPassword: () => Promise.reject(lockedError),
    });
    const keychain = new Keychain({ platform: 'linux', load: () => Promise.resolve(native) });
    await expect(keychain.get('account')).rejects.toMatchObject({
      data: { kind: 'KeychainUnavailable', advice: expect.stringContaining('unlock it') },
    });
    // Somebody answers the prompt that the writing opens.
    unlocked.items.set('account', 'secret');
    native.setPassword = (...item) => {
      native.getPassword = (...item) => unlocked.getPassword(...item);
      return unlocked.setPassword(...item);
    };
    expect(await keychain.get('account')).toBe('secret');
  });

  it('gives up at its deadline when no answer comes', async () => {
    const native = keytar({ setPassword: never, getPassword: never });
    const keychain = new Keychain({
      checkDeadlineMs: 5,
      deadlineMs: 5,
      load: () => Promise.resolve(native),
    });
    const { available, advice } = await keychain.check();
    expect(available).toBe(false);
    expect(advice).toMatch(/try again/);
    await expect(keychain.get('account')).rejects.toMatchObject({
      data: { kind: 'KeychainUnavailable', systemCode: 'ETIMEDOUT' },
    });
  });

  it('asks one thing at a time', async () => {
    let running = 0;
    let most = 0;
    const native = keytar({
      getPassword: async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return 'secret';
      },
    });
    const keychain = new Keychain({ load: () => Promise.resolve(native) });
    await Promise.all(['a', 'b', 'c'].map((account) => keychain.get(account)));
    expect(most).toBe(1);
  });

  it('does not make anyone wait long behind a prompt that nobody answered', async () => {
    const native = keytar({ setPassword: never });
    const keychain = new Keychain({
      checkDeadlineMs: 5,
      // Far above the limit of a test: waiting for it would fail.
      deadlineMs: 600_000,
      load: () => Promise.resolve(native),
    });
    expect(await keychain.check()).toMatchObject({ available: false });
    await expect(keychain.get('account')).rejects.toMatchObject({
      data: { kind: 'KeychainUnavailable' },
    });
  });

  it('never carries out a call after its caller was told that it failed', async () => {
    const prompt = new Gate();
    const native = keytar({ getPassword: () => prompt.opened.then(() => null) });
    const keychain = new Keychain({ deadlineMs: 5, load: () => Promise.resolve(native) });
    const calls = [keychain.get('prompt'), keychain.set('account', 'secret')];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { kind: 'KeychainUnavailable' } });
    }
    expect(keychain.isBusy).toBe(true);
    prompt.open();
    await keychain.delete('other');
    expect(native.items.has('account')).toBe(false);
    expect(keychain.isBusy).toBe(false);
  });

  it('is idle once the last call has ended, and says so no later than its limit', async () => {
    const prompt = new Gate();
    const native = keytar({ getPassword: () => prompt.opened.then(() => 'secret') });
    const keychain = new Keychain({ load: () => Promise.resolve(native) });
    const call = keychain.get('account');
    await keychain.idle(5);
    expect(keychain.isBusy).toBe(true);
    prompt.open();
    await keychain.idle(600_000);
    expect(keychain.isBusy).toBe(false);
    expect(await call).toBe('secret');
  });

  it('works again once the prompt was answered', async () => {
    const prompt = new Gate();
    const unlocked = keytar();
    const native = keytar({
      ...unlocked,
      setPassword: (...item) => prompt.opened.then(() => unlocked.setPassword(...item)),
    });
    const keychain = new Keychain({ checkDeadlineMs: 20, load: () => Promise.resolve(native) });
    expect(await keychain.check()).toMatchObject({ available: false });
    prompt.open();
    expect(await keychain.check()).toEqual({ available: true, advice: null });
  });

  it.each([
    ['linux', 'Cannot autolaunch D-Bus without X11 $DISPLAY', 'D-Bus'],
    [
      'linux',
      'The name org.freedesktop.secrets was not provided by any .service files',
      'gnome-keyring',
    ],
    ['linux', 'Cannot create an item in a locked collection', 'locked'],
    [
      'linux',
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'keyring',
    ],
    ['linux', 'libsecret-1.so.0: cannot open shared object file', 'libsecret-1-0'],
    ['darwin', 'User interaction is not allowed.', 'Keychain Access'],
    ['win32', 'Element not found.', 'Credential Manager'],
  ] as const)('advises on %s: %s', (platform, reason, expected) => {
    expect(keychainAdvice(platform, reason)).toContain(expected);
  });
});
