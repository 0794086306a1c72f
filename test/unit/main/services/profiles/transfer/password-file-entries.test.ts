import { expect, it } from 'vitest';
import { readPasswordEntries } from '../../../../../../src/main/services/profiles/transfer/password-file-entries';

const read = (text: string) => readPasswordEntries(text, 'ann');

it('makes a connection of a line, and leaves the password in the file', () => {
  const found = read('# mine\ndb.example:5433:shop:app:s3cret\n');
  expect(found).toMatchObject([
    {
      label: 'Line 2',
      draft: {
        name: 'shop on db.example',
        host: 'db.example',
        port: 5433,
        database: 'shop',
        user: 'app',
        passwordSource: 'pgpass',
      },
      password: null,
      notes: [],
    },
  ]);
  expect(JSON.stringify(found)).not.toContain('s3cret');
});

it('says what it filled in for a star', () => {
  expect(read('db:*:*:*:pw')).toMatchObject([
    {
      draft: { port: 5432, database: 'postgres', user: 'ann' },
      notes: ['The line fits any; filled in: port 5432, database postgres, user ann'],
    },
  ]);
});

it('reads escaped colons and backslashes', () => {
  expect(read('::1:5432:a:b:c')).toMatchObject([{ problem: expect.any(String) }]);
  expect(read('\\:\\:1:5432:a\\\\b:me:c')).toMatchObject([
    { draft: { host: '::1', database: 'a\\b' } },
  ]);
});

it.each([
  ['*:*:*:*:pw', 'names no host'],
  ['db:ssh:shop:app:pw', 'port'],
  ['db:5432:shop:app', 'host:port:database:user:password'],
])('says why %s cannot be used, without the password', (line, words) => {
  const found = read(line);
  expect(found).toEqual([{ label: 'Line 1', problem: expect.stringContaining(words) }]);
});
