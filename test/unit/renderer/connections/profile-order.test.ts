import type { ConnectionProfile } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  address,
  searchProfiles,
  sortProfiles,
  timeAgo,
} from '../../../../src/renderer/features/connections/profile-order';
import { connectionProfile as profile } from './profile-fixture';

const names = (profiles: readonly ConnectionProfile[]): string[] =>
  profiles.map(({ name }) => name);

describe('sortProfiles', () => {
  it('puts the last opened first and those never opened by name behind', () => {
    const profiles = [
      profile('b'),
      profile('old', { lastOpenedAt: '2026-01-01T00:00:00.000Z' }),
      profile('a'),
      profile('new', { lastOpenedAt: '2026-02-01T00:00:00.000Z' }),
    ];
    expect(names(sortProfiles(profiles))).toEqual(['new', 'old', 'a', 'b']);
  });
});

describe('searchProfiles', () => {
  const profiles = [
    profile('shop', { environment: 'production', host: 'db.shop.internal' }),
    profile('shop copy'),
    profile('billing', { user: 'shopkeeper' }),
  ];

  it('wants every word, wherever it stands', () => {
    expect(names(searchProfiles(profiles, 'SHOP prod'))).toEqual(['shop']);
    expect(names(searchProfiles(profiles, 'shop'))).toEqual(['shop', 'shop copy', 'billing']);
  });

  it('shows all for an empty query', () => {
    expect(searchProfiles(profiles, '  ')).toHaveLength(3);
  });
});

describe('address', () => {
  it('puts an IPv6 address into brackets', () => {
    expect(address(profile('x', { host: '::1' }))).toBe('[::1]:5432/app');
  });
});

describe('timeAgo', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  it.each([
    ['2026-03-10T11:59:40Z', 'just now'],
    ['2026-03-10T11:57:00Z', '3 minutes ago'],
    ['2026-03-10T10:59:00Z', '1 hour ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-02-20T12:00:00Z', '2 weeks ago'],
    ['2026-03-10T12:00:05Z', 'just now'],
  ])('of %s is %s', (moment, text) => expect(timeAgo(moment, now)).toBe(text));
});
