import { describe, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../../src/main/db/errors/database-error';
import {
  backOffMs,
  isTransientConnectError,
  isTransientForOwnTransaction,
  isTransientForReading,
  withRetry,
} from '../../../../src/main/db/retry';
import type { DatabaseErrorData } from '../../../../src/shared/models/database-error';

function failure(data: Partial<DatabaseErrorData>): DatabaseError {
  return new DatabaseError({ kind: 'ConnectionFailed', message: 'no', ...data });
}

const always = (): boolean => true;

describe('withRetry', () => {
  it('returns the first success', async () => {
    const operation = vi.fn<(attempt: number) => Promise<string>>(async (attempt) => {
      if (attempt < 3) throw failure({});
      return `attempt ${attempt}`;
    });
    const onRetry = vi.fn<(attempt: number, error: unknown, delayMs: number) => void>();
    const random = (): number => 0;
    const result = await withRetry(operation, {
      attempts: 5,
      isTransient: always,
      onRetry,
      random,
    });
    expect(result).toBe('attempt 3');
    expect(onRetry.mock.calls.map(([attempt, , delayMs]) => [attempt, delayMs])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('raises the last error after the last attempt', async () => {
    const operation = vi.fn<(attempt: number) => Promise<never>>((attempt) =>
      Promise.reject(failure({ message: `attempt ${attempt}` })),
    );
    await expect(
      withRetry(operation, { attempts: 3, isTransient: always, random: () => 0 }),
    ).rejects.toThrow('attempt 3');
    expect(operation).toHaveBeenCalledTimes(3);
  });

  it('does not repeat what is not transient', async () => {
    const operation = vi.fn<() => Promise<never>>(() => Promise.reject(failure({})));
    await expect(withRetry(operation, { attempts: 3, isTransient: () => false })).rejects.toThrow(
      'no',
    );
    expect(operation).toHaveBeenCalledOnce();
  });

  it('does not begin after the signal has fired', async () => {
    const operation = vi.fn<() => Promise<void>>(() => Promise.resolve());
    await expect(
      withRetry(operation, { attempts: 3, isTransient: always, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
    expect(operation).not.toHaveBeenCalled();
  });

  it('stops in the middle of a wait', async () => {
    const abort = new AbortController();
    const retrying = withRetry(() => Promise.reject(failure({})), {
      attempts: 3,
      baseDelayMs: 3_600_000,
      maxDelayMs: 3_600_000,
      isTransient: always,
      signal: abort.signal,
      random: () => 1,
      onRetry: () => setImmediate(() => abort.abort()),
    });
    await expect(retrying).rejects.toMatchObject({ data: { kind: 'Cancelled' } });
  });
});

describe('backOffMs', () => {
  it('doubles its bound up to the maximum', () => {
    const bounds = [1, 2, 3, 4, 12].map((failures) => backOffMs(failures, { random: () => 1 }));
    expect(bounds).toEqual([100, 200, 400, 800, 30_000]);
  });

  it('is anywhere between nothing and the bound', () => {
    expect(backOffMs(3, { random: () => 0 })).toBe(0);
    expect(backOffMs(3, { random: () => 0.5 })).toBe(200);
  });
});

describe('isTransientConnectError', () => {
  it.each([
    { sqlState: '08006' },
    { sqlState: '57P03' },
    { sqlState: '53300', kind: 'TooManyConnections' },
    { systemCode: 'ECONNREFUSED' },
    { systemCode: 'ECONNRESET' },
    { kind: 'Timeout' },
  ] as const)('%o', (data) => {
    expect(isTransientConnectError(failure(data))).toBe(true);
  });

  it.each([
    { sqlState: '28P01', kind: 'AuthenticationFailed' },
    { sqlState: '28000', kind: 'AuthenticationFailed' },
    { sqlState: '3D000', kind: 'DatabaseNotFound' },
    { sqlState: '42501', kind: 'PermissionDenied' },
    { systemCode: 'ENOTFOUND' },
    { systemCode: 'CERT_HAS_EXPIRED' },
    { sqlState: '08P01', kind: 'AuthenticationFailed' },
    { systemCode: 'ETIMEDOUT', kind: 'KeychainUnavailable' },
    { systemCode: 'ENOENT', kind: 'StorageFailed' },
    { kind: 'Cancelled' },
    { kind: 'InvalidInput' },
    {},
  ] as const)('not %o', (data) => {
    expect(isTransientConnectError(failure(data))).toBe(false);
  });

  it('not what is no DatabaseError', () => {
    expect(isTransientConnectError(new Error('ECONNREFUSED'))).toBe(false);
  });
});

describe('isTransientForOwnTransaction', () => {
  it.each([
    ['40001', true],
    ['40P01', true],
    ['55P03', false],
    ['57014', false],
    ['08006', false],
  ])('%s: %s', (sqlState, transient) => {
    expect(isTransientForOwnTransaction(failure({ kind: 'QueryFailed', sqlState }))).toBe(
      transient,
    );
  });

  it('never after the link was lost: the outcome is unknown', () => {
    expect(isTransientForOwnTransaction(failure({ kind: 'ConnectionLost' }))).toBe(false);
  });
});

describe('isTransientForReading', () => {
  it.each([
    [{ kind: 'ConnectionLost' }, true],
    [{ systemCode: 'ECONNREFUSED' }, true],
    [{ kind: 'SerializationFailed', sqlState: '40P01' }, true],
    [{ kind: 'PermissionDenied', sqlState: '42501' }, false],
    [{ kind: 'Cancelled' }, false],
    [{ kind: 'Timeout' }, false],
    [{ kind: 'PoolExhausted' }, false],
  ] as const)('%o: %s', (data, transient) => {
    expect(isTransientForReading(failure(data))).toBe(transient);
  });
});
