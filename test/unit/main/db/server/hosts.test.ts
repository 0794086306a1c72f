import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import {
  mayTryNextHost,
  mismatchError,
  mismatchOf,
  noHostError,
} from '../../../../../src/main/db/server/hosts';
import { isTransientConnectError, isTransientForReading } from '../../../../../src/main/db/retry';
import { targetSessionAttrs } from '../../../../../src/shared/models/connection-profile';
import type { ErrorKind } from '../../../../../src/shared/models/database-error';

/** What libpq takes (PostgreSQL manual, target_session_attrs), by the kind of server. */
const accepted = {
  'a primary': ['any', 'read-write', 'primary', 'prefer-standby'],
  'a primary that starts read-only': ['any', 'read-only', 'primary', 'prefer-standby'],
  'a standby': ['any', 'read-only', 'standby', 'prefer-standby'],
};
const servers = {
  'a primary': { isStandby: false, isReadOnly: false },
  'a primary that starts read-only': { isStandby: false, isReadOnly: true },
  'a standby': { isStandby: true, isReadOnly: true },
};

describe.each(Object.entries(servers))('%s', (name, server) => {
  it('is taken by what libpq takes it by', () => {
    const taken = targetSessionAttrs.filter((wanted) => mismatchOf(wanted, server) === null);
    expect(taken).toEqual(Object.entries(accepted).find(([key]) => key === name)?.[1]);
  });
});

const failed = (kind: ErrorKind): DatabaseError =>
  new DatabaseError({ kind, message: 'It failed.' });

describe('hosts that fail', () => {
  it('end the search where the login is refused, as in libpq', () => {
    expect(mayTryNextHost(failed('AuthenticationFailed'))).toBe(false);
    expect(mayTryNextHost(failed('DatabaseNotFound'))).toBe(false);
    // The way to all of them leads through the host whose key was refused.
    expect(mayTryNextHost(failed('HostKeyRefused'))).toBe(false);
    expect(mayTryNextHost(failed('Cancelled'))).toBe(false);
    // Each further host would open the window of a locked keychain again.
    expect(mayTryNextHost(failed('KeychainUnavailable'))).toBe(false);
    expect(mayTryNextHost(failed('StorageFailed'))).toBe(false);
    for (const kind of ['ConnectionFailed', 'Timeout', 'TooManyConnections'] as const) {
      expect(mayTryNextHost(failed(kind))).toBe(true);
    }
  });

  it('are told one by one, each with its address', () => {
    const one = { host: 'one', port: 1 };
    const two = { host: '::1', port: 2 };
    const error = noHostError([
      { address: one, error: failed('Timeout') },
      { address: two, error: mismatchError(two, 'is a standby') },
    ]);
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      message: 'None of the 2 hosts could be used.',
      detail: 'one:1: It failed.\n[::1]:2 is a standby.',
    });
    expect(error.data.field).toBeUndefined();
  });

  it('belong to the choice of servers where all answered', () => {
    const address = { host: 'one', port: 1 };
    const error = noHostError([{ address, error: mismatchError(address, 'is a standby') }]);
    expect(error.data.field).toBe('targetSessionAttrs');
  });

  it('are tried again while one may come, and not while none can', () => {
    const address = { host: 'one', port: 1 };
    const never = { address, error: failed('InvalidInput') };
    expect(isTransientConnectError(noHostError([never]))).toBe(false);
    const soon = { address, error: mismatchError(address, 'is a standby') };
    expect(isTransientConnectError(noHostError([never, soon]))).toBe(true);
    // One that gave no answer took all the time that there was.
    const slow = { address: { host: 'three', port: 3 }, error: failed('Timeout') };
    expect(isTransientForReading(noHostError([never, soon]))).toBe(true);
    expect(isTransientForReading(noHostError([soon, slow]))).toBe(false);
  });
});
