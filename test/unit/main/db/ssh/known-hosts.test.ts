import { describe, expect, it } from 'vitest';
import {
  describeHostKey,
  fingerprintOf,
  readHostKey,
  type HostKey,
} from '../../../../../src/main/db/ssh/host-key';
import { hostKeyAlgorithms, judgeHostKey } from '../../../../../src/main/db/ssh/host-key-policy';
import {
  knownHostLine,
  knownHostName,
  namesHost,
  parseKnownHosts,
} from '../../../../../src/main/db/ssh/known-hosts';

// Made by ssh-keygen; the fingerprints are what `ssh-keygen -l` prints of them.
const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIv988utVumIoa0R1LHLP7+Y/fERIr74mJcBtxHdZgjn';
const ed25519Fingerprint = 'SHA256:8pjtkcqY6sI47H6q2r7rsGf7k/xNQYrJAf4lrcHef0g';

function keyOf(line: string): HostKey {
  const key = readHostKey(Buffer.from(line.split(' ')[1] ?? '', 'base64'));
  if (key === null) throw new Error('This is no key.');
  return key;
}

/** Another key of a type: that one is only read, never used. */
function otherKey(type: string, filling: number): string {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const blob = Buffer.concat([length, name, Buffer.alloc(32, filling)]);
  return `${type} ${blob.toString('base64')}`;
}

const known = (text: string) => parseKnownHosts(text, '/known_hosts');
const judge = (key: string, name: string, text: string) =>
  judgeHostKey(keyOf(key), name, known(text));

describe('a host key', () => {
  it('has the fingerprint that OpenSSH prints', () => {
    expect(fingerprintOf(keyOf(ed25519))).toBe(ed25519Fingerprint);
    expect(describeHostKey(keyOf(ed25519))).toBe(`ED25519 ${ed25519Fingerprint}`);
    expect(describeHostKey(keyOf(otherKey('ecdsa-sha2-nistp256', 1)))).toMatch(/^ECDSA SHA256:/);
    expect(describeHostKey(keyOf(otherKey('ssh-rsa', 1)))).toMatch(/^RSA SHA256:/);
  });

  it.each(['', 'AAAA', 'AAAAC3NzaC1lZDI1NTE5', '////////'])('is not read from "%s"', (base64) => {
    expect(readHostKey(Buffer.from(base64, 'base64'))).toBeNull();
  });
});

describe('parseKnownHosts', () => {
  it('reads lines with their markers and numbers, and leaves out what it does not understand', () => {
    const text = [
      '# a comment',
      '',
      `db.example.com,10.0.0.1 ${ed25519} a comment`,
      `@revoked * ${ed25519}`,
      `@cert-authority *.example.com\t${ed25519}\r`,
      `@unknown * ${ed25519}`,
      'db.example.com ssh-ed25519',
      `db.example.com ssh-rsa ${ed25519.split(' ')[1]}`,
      'db.example.com 1024 35 1234567890',
    ].join('\n');
    expect(known(text).map(({ marker, patterns, line }) => [marker, patterns, line])).toEqual([
      [null, 'db.example.com,10.0.0.1', 3],
      ['revoked', '*', 4],
      ['cert-authority', '*.example.com', 5],
    ]);
  });
});

describe('namesHost', () => {
  it.each([
    ['db.example.com', 'db.example.com', true],
    ['*a*b*', 'xxaxxaxxbxx', true],
    ['*ab', 'aab', true],
    ['*', 'db', true],
    // Each way to share the letters among the stars was tried.
    [`${'*a'.repeat(20)}b`, 'a'.repeat(60), false],
    ['DB.Example.COM', 'db.example.com', true],
    ['db.example.com', 'db.example.org', false],
    ['dbxexample.com', 'db.example.com', false],
    ['db.example.com', 'dbxexample.com', false],
    ['*.example.com', 'db.example.com', true],
    ['*.example.com', 'example.com', false],
    ['db?.example.com', 'db1.example.com', true],
    ['db?.example.com', 'db12.example.com', false],
    ['a,b,db.example.com', 'db.example.com', true],
    ['*.example.com,!db.example.com', 'db.example.com', false],
    ['!db.example.com,*.example.com', 'db.example.com', false],
    ['!db.example.com,*.example.com', 'web.example.com', true],
    ['[db.example.com]:2222', '[db.example.com]:2222', true],
    ['db.example.com', '[db.example.com]:2222', false],
    ['[*.example.com]:2222', '[db.example.com]:2222', true],
    ['2001:db8::1', '2001:db8::1', true],
    // ssh-keygen -H wrote these for "db.example.com" and "[db.example.com]:2222".
    ['|1|vLMMOZRieoXpNsxF788X1B8G4JM=|PDy/ZaNwfO3B5DvJ+z8Men6IhPw=', 'db.example.com', true],
    [
      '|1|vLMMOZRieoXpNsxF788X1B8G4JM=|PDy/ZaNwfO3B5DvJ+z8Men6IhPw=',
      '[db.example.com]:2222',
      false,
    ],
    ['|1|+TehoF8shteU3gZd5NH5DjOVosE=|3iceHq/jDz3vAG7GJMc4pqOmTXo=', '[db.example.com]:2222', true],
    ['|1|+TehoF8shteU3gZd5NH5DjOVosE=|3iceHq/jDz3vAG7GJMc4pqOmTXo=', 'db.example.com', false],
    ['|2|vLMMOZRieoXpNsxF788X1B8G4JM=|PDy/ZaNwfO3B5DvJ+z8Men6IhPw=', 'db.example.com', false],
    ['|1|', 'db.example.com', false],
  ])('"%s" and "%s": %s', (patterns, name, expected) => {
    expect(namesHost(patterns, name)).toBe(expected);
  });
});

it('names a host by its port where that is not 22', () => {
  expect(knownHostName('DB.example.com', 22)).toBe('db.example.com');
  expect(knownHostName('DB.example.com', 2222)).toBe('[db.example.com]:2222');
  expect(knownHostName('2001:DB8::1', 2222)).toBe('[2001:db8::1]:2222');
});

it('writes lines that name the host and do not show it', () => {
  const line = knownHostLine('[db.example.com]:2222', keyOf(ed25519));
  expect(line).not.toContain('example');
  expect(line).not.toBe(knownHostLine('[db.example.com]:2222', keyOf(ed25519)));
  expect(judge(ed25519, '[db.example.com]:2222', line).state).toBe('trusted');
  expect(judge(ed25519, 'db.example.com', line).state).toBe('unknown');
});

describe('judgeHostKey', () => {
  const other = otherKey('ssh-ed25519', 7);
  const rsa = otherKey('ssh-rsa', 7);

  it.each([
    ['no line', '', 'unknown'],
    ['a line of another host', `web ${ed25519}`, 'unknown'],
    ['its key', `db ${ed25519}`, 'trusted'],
    ['its key among others', `db ${other}\ndb ${rsa}\ndb ${ed25519}`, 'trusted'],
    ['another key of the type', `db ${other}`, 'changed'],
    ['a key of another type', `db ${rsa}`, 'changed'],
    ['a revoked line', `@revoked * ${ed25519}`, 'revoked'],
    ['its key, and a revoked line', `db ${ed25519}\n@revoked db ${ed25519}`, 'revoked'],
    ['a revoked line of another key', `db ${ed25519}\n@revoked db ${other}`, 'trusted'],
    ['a revoked line of another host', `@revoked web ${ed25519}`, 'unknown'],
    ['only an authority', `@cert-authority db ${ed25519}`, 'unknown'],
    ['an authority and another key', `@cert-authority db ${ed25519}\ndb ${other}`, 'changed'],
    ['a line that leaves it out', `*,!db ${ed25519}`, 'unknown'],
  ])('with %s', (_name, text, state) => {
    expect(judge(ed25519, 'db', text).state).toBe(state);
  });

  it('names what is known where the key has changed', () => {
    expect(judge(ed25519, 'db', `# first\ndb ${other}\nweb ${rsa}\n`)).toMatchObject({
      known: [{ path: '/known_hosts', line: 2 }],
    });
  });
});

describe('hostKeyAlgorithms', () => {
  it('begins with those of the keys that are known, and never signs with SHA-1', () => {
    const rsa = otherKey('ssh-rsa', 7);
    const all = hostKeyAlgorithms('db', []);
    expect(all[0]).toBe('ssh-ed25519');
    expect(all).not.toContain('ssh-rsa');
    const forRsa = hostKeyAlgorithms('db', known(`db ${rsa}\n@cert-authority db ${ed25519}`));
    expect(forRsa.slice(0, 2)).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
    expect([...forRsa].sort()).toEqual([...all].sort());
  });
});
