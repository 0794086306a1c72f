import type { ConnectionProfile } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  address,
  groupProfiles,
  placeBeside,
  placeOf,
  searchProfiles,
  timeAgo,
} from '../../../../src/renderer/features/connections/profile-order';
import { connectionProfile as profile } from './connection-fixture';

const names = (profiles: readonly ConnectionProfile[]): string[] =>
  profiles.map(({ name }) => name);

const shopId = '00000000-0000-4000-8000-000000000001';
const billingId = '00000000-0000-4000-8000-000000000002';
const auditId = '00000000-0000-4000-8000-000000000003';
const reportsId = '00000000-0000-4000-8000-000000000004';
const inFolders = [
  profile('reports', { id: reportsId, folder: 'team 10' }),
  profile('shop', { id: shopId }),
  profile('audit', { id: auditId, folder: 'team 2' }),
  profile('billing', { id: billingId }),
];

describe('groupProfiles', () => {
  it('puts what is in no folder first, then the folders by name, each in its order', () => {
    expect(
      groupProfiles(inFolders).map(({ folder, profiles }) => [folder, names(profiles)]),
    ).toEqual([
      [null, ['shop', 'billing']],
      ['team 2', ['audit']],
      ['team 10', ['reports']],
    ]);
  });

  it('shows no empty top where everything is in folders', () => {
    expect(groupProfiles([profile('a', { folder: 'x' })]).map(({ folder }) => folder)).toEqual([
      'x',
    ]);
  });
});

describe('placeOf', () => {
  it.each([
    [shopId, { folder: null, before: billingId }],
    [billingId, { folder: null, before: null }],
    [auditId, { folder: 'team 2', before: null }],
  ])('of %s is what moves it back', (id, place) => {
    const moved = inFolders.find((candidate) => candidate.id === id);
    expect(moved && placeOf(inFolders, moved)).toEqual(place);
  });
});

describe('placeBeside', () => {
  const groups = groupProfiles(inFolders);
  it.each([
    ['up within its folder', billingId, 'up', { folder: null, before: shopId }],
    ['down within its folder', shopId, 'down', { folder: null, before: null }],
    ['down into the next folder', billingId, 'down', { folder: 'team 2', before: auditId }],
    ['up into the folder before', reportsId, 'up', { folder: 'team 2', before: null }],
    ['nowhere at the top', shopId, 'up', null],
    ['nowhere at the end', reportsId, 'down', null],
  ] as const)('goes %s', (_what, id, direction, place) => {
    expect(placeBeside(groups, id, direction)).toEqual(place);
  });

  it('leaves the first folder for the top of the list, where that is empty', () => {
    const only = groupProfiles([profile('a', { folder: 'x' })]);
    expect(placeBeside(only, shopId, 'up')).toEqual({ folder: null, before: null });
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
