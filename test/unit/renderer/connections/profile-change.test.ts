import { describe, expect, it } from 'vitest';
import { needsReopening } from '../../../../src/renderer/features/connections/profile-change';
import { connectionProfile } from './connection-fixture';

const before = connectionProfile('Shop', { pool: { maxConnections: 3 } });

describe('needsReopening', () => {
  it.each([
    { host: 'other' },
    { otherHosts: [{ host: 'two', port: 5432 }] },
    { readOnly: true },
    { statementTimeoutMs: 5 },
    { pool: { maxConnections: 4 } },
    { sslMode: 'require' as const },
  ])('for %j', (changes) => expect(needsReopening(before, { ...before, ...changes })).toBe(true));

  it.each([
    {},
    { name: 'Store', color: 'red' as const, environment: 'production' as const, folder: 'Work' },
    { confirmEverything: true },
    { passwordSource: 'ask' as const, hasPassword: true },
    { lastOpenedAt: '2026-05-01T10:00:00.000Z' },
  ])('not for %j', (changes) =>
    expect(needsReopening(before, { ...before, ...changes })).toBe(false),
  );
});
