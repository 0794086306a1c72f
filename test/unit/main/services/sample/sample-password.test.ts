import { expect, test, vi } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { SamplePassword } from '../../../../../src/main/services/sample/sample-password';
import type { SecretStore } from '../../../../../src/main/services/secrets';

const locked = new DatabaseError({
  kind: 'KeychainUnavailable',
  message: 'The keychain is locked.',
});

/** A keychain that answers its check and then fails. */
function failingKeychain(error: Error): SecretStore {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return {
    check: async () => ({ available: true, advice: null }),
    get: fail,
    set: fail,
    delete: fail,
  };
}

test('a keychain that locks in between is no obstacle, and the log holds no password', async () => {
  const log = vi.fn<(message: string) => void>();
  const password = new SamplePassword(failingKeychain(locked), 'sample', log);
  expect(await password.recall()).toBeNull();
  const renewed = await password.renew();
  expect(await password.recall()).toBe(renewed);
  expect(log).toHaveBeenCalled();
  expect(log.mock.calls.flat().join()).not.toContain(renewed);
});

test('any other failure of the keychain is told', async () => {
  const password = new SamplePassword(
    failingKeychain(new Error('broken')),
    'sample',
    vi.fn<() => void>(),
  );
  await expect(password.recall()).rejects.toThrow('broken');
});
