import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { defaultPoolLimits, resolvePoolLimits } from '../../../../../src/main/db/pool/pool-limits';

function refusal(action: () => unknown): DatabaseError {
  try {
    action();
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error('It was expected to be refused.');
}

describe('resolvePoolLimits', () => {
  it('takes the default for what the profile leaves out', () => {
    expect(resolvePoolLimits(defaultPoolLimits, {})).toEqual(defaultPoolLimits);
    expect(resolvePoolLimits(defaultPoolLimits, { idleTimeoutMs: 0 })).toEqual({
      ...defaultPoolLimits,
      idleTimeoutMs: 0,
    });
  });

  it('lowers the default minimum to the profile’s maximum', () => {
    expect(resolvePoolLimits(defaultPoolLimits, { maxConnections: 1 })).toMatchObject({
      maxConnections: 1,
      minConnections: 1,
    });
  });

  it('refuses by the same rules, naming the field', () => {
    expect(
      refusal(() => resolvePoolLimits(defaultPoolLimits, { minConnections: 21 })).data.field,
    ).toBe('minConnections');
    expect(
      refusal(() => resolvePoolLimits(defaultPoolLimits, { acquireTimeoutMs: 0 })).data,
    ).toMatchObject({
      field: 'acquireTimeoutMs',
      message: 'acquireTimeoutMs cannot be "0".',
      advice: 'Give a whole number of milliseconds from 1 to 3600000.',
    });
    expect(
      refusal(() => resolvePoolLimits(defaultPoolLimits, { maxConnections: 1.5 })).data.field,
    ).toBe('maxConnections');
  });
});
