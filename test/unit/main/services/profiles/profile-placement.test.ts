import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import { copyName, placed } from '../../../../../src/main/services/profiles/profile-placement';

const profile = (id: string, folder?: string): ConnectionProfile => ({
  ...profileDraftSchema.parse({ name: id, host: 'h', database: 'd', user: 'u', folder }),
  id,
  hasPassword: false,
  lastOpenedAt: null,
});
const list = [profile('a'), profile('b'), profile('c', 'team')];
const shown = (profiles: readonly ConnectionProfile[]): string[] =>
  profiles.map(({ id, folder }) => (folder === undefined ? id : `${folder}/${id}`));

describe('placed', () => {
  it.each([
    ['ahead of another', 'b', { folder: null, before: 'a' }, ['b', 'a', 'team/c']],
    ['at the end', 'a', { folder: null, before: null }, ['b', 'team/c', 'a']],
    ['into a folder', 'a', { folder: 'team', before: 'c' }, ['b', 'team/a', 'team/c']],
    ['out of a folder', 'c', { folder: null, before: 'b' }, ['a', 'c', 'b']],
    [
      'at the end, where its neighbour is gone',
      'a',
      { folder: null, before: 'x' },
      ['b', 'team/c', 'a'],
    ],
    [
      'nowhere, where it is its own neighbour',
      'c',
      { folder: 'team', before: 'c' },
      ['a', 'b', 'team/c'],
    ],
    ['nowhere, where it is gone itself', 'x', { folder: null, before: 'a' }, ['a', 'b', 'team/c']],
  ] as const)('puts a profile %s', (_where, id, place, expected) => {
    expect(shown(placed(list, id, place))).toEqual(expected);
  });
});

describe('copyName', () => {
  it.each([
    ['Shop', [], 'Shop copy'],
    ['Shop', ['Shop copy'], 'Shop copy 2'],
    ['Shop copy', ['Shop', 'Shop copy'], 'Shop copy 2'],
    ['Shop copy 2', ['Shop copy', 'Shop copy 2'], 'Shop copy 3'],
  ])('of %s beside %j is %s', (name, taken, expected) => {
    expect(copyName(name, taken)).toBe(expected);
  });

  it('stays within the length that a name may have', () => {
    const name = copyName('x'.repeat(200), []);
    expect(profileDraftSchema.shape.name.parse(name)).toBe(name);
  });
});
