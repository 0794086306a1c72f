import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findPassword,
  passwordFilePath,
  readPasswordFile,
} from '../../../../../src/main/services/profiles/pgpass';

const query = { host: 'db.example.com', port: 5432, database: 'shop', user: 'ann' };

describe('findPassword', () => {
  it.each<[string, string, string | null]>([
    ['every field', 'db.example.com:5432:shop:ann:pw', 'pw'],
    ['wildcards', '*:*:*:*:pw', 'pw'],
    ['another host', 'other:5432:shop:ann:pw', null],
    ['another port', 'db.example.com:5433:shop:ann:pw', null],
    ['a user in other case', 'db.example.com:5432:shop:Ann:pw', null],
    ['the first line that fits', '*:*:shop:ann:first\n*:*:*:*:second', 'first'],
    ['a comment', '#*:*:*:*:no\n*:*:*:*:pw', 'pw'],
    ['line ends of Windows', 'x:1:y:z:no\r\n*:*:*:*:pw\r\n', 'pw'],
    ['an escaped password', String.raw`*:*:*:*:p\:w\\x`, String.raw`p:w\x`],
    ['a trailing field', '*:*:*:*:pw:rest', 'pw'],
    ['a part of a wildcard', 'db.*:*:*:*:pw', null],
    ['a line without password', '*:*:*:*\n*:*:*:*:\n*:*:*:*:pw', 'pw'],
    ['an escaped star, which is no wildcard', String.raw`\*:*:*:*:pw`, null],
    ['spaces, which count', '*:*:*:*: pw ', ' pw '],
    ['an empty file', '', null],
  ])('%s', (_, text, expected) => {
    expect(findPassword(text, query)).toBe(expected);
  });

  it('finds escaped names and IPv6 addresses', () => {
    const line = String.raw`\:\:1:5432:a\\b:c\:d:pw`;
    const found = findPassword(line, {
      host: '::1',
      port: 5432,
      database: String.raw`a\b`,
      user: 'c:d',
    });
    expect(found).toBe('pw');
  });

  it('looks up the default socket folder as localhost, and any other by its path', () => {
    const text = 'localhost:*:*:*:local\n/srv/socket:*:*:*:own';
    expect(findPassword(text, { ...query, host: '/var/run/postgresql' })).toBe('local');
    expect(findPassword(text, { ...query, host: '/srv/socket' })).toBe('own');
    expect(findPassword('/tmp:*:*:*:path', { ...query, host: '/tmp' })).toBe('path');
  });
});

describe('passwordFilePath', () => {
  it('follows PGPASSFILE, then the platform', () => {
    expect(passwordFilePath({ PGPASSFILE: '/a' }, 'linux', '/home/ann')).toBe('/a');
    expect(passwordFilePath({}, 'linux', '/home/ann')).toBe('/home/ann/.pgpass');
    expect(passwordFilePath({}, 'darwin', '/Users/ann')).toBe('/Users/ann/.pgpass');
    expect(passwordFilePath({ APPDATA: String.raw`C:\A` }, 'win32', String.raw`C:\H`)).toBe(
      String.raw`C:\A\postgresql\pgpass.conf`,
    );
  });
});

describe.runIf(process.platform !== 'win32')('readPasswordFile', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-pgpass-'));
    path = join(folder, '.pgpass');
    await writeFile(path, '*:*:*:*:pw\n', { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads a file of the owner alone', async () => {
    expect(await readPasswordFile(path, query, 'linux')).toBe('pw');
  });

  it('is null without a file', async () => {
    expect(await readPasswordFile(join(folder, 'none'), query, 'linux')).toBeNull();
    expect(await readPasswordFile(join(path, 'inside'), query, 'linux')).toBeNull();
  });

  it.each([0o640, 0o604, 0o644])('refuses a file that others may read: %o', async (mode) => {
    await chmod(path, mode);
    await expect(readPasswordFile(path, query, 'linux')).rejects.toMatchObject({
      data: {
        kind: 'StorageFailed',
        message: expect.stringContaining(path),
        advice: expect.stringContaining('chmod 0600'),
      },
    });
    expect(await readPasswordFile(path, query, 'win32')).toBe('pw');
  });

  it('says when it is no file', async () => {
    await chmod(folder, 0o700);
    await expect(readPasswordFile(folder, query, 'linux')).rejects.toMatchObject({
      data: { kind: 'StorageFailed' },
    });
  });
});
