import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../db/failure-of';
import { publicLineOf } from './public-line';
import { startAgent } from './ssh-agent';
import { SshBench } from './ssh-bench';
import { makeKeyPair, type KeyType } from './ssh-server';

const bench = new SshBench();

describe('a key file', () => {
  it.each<[KeyType, string | undefined]>([
    ['ed25519', undefined],
    ['rsa', undefined],
    ['ecdsa', undefined],
    ['ed25519', 'a pässphrase'],
    ['rsa', 'a pässphrase'],
    ['ecdsa', 'a pässphrase'],
  ])('of %s with the passphrase %s logs in', async (type, passphrase) => {
    const tunnel = bench.tunnel({ authentication: bench.authorizedKey(type, passphrase) });
    expect((await tunnel.open()).description).toMatch(
      /private key, host key ED25519 SHA256:\S{43}$/,
    );
    expect(await bench.databaseBehind(tunnel)).toBe(bench.database.name);
  });

  describe.each<[string, () => KeyObject]>([
    ['ed25519', () => generateKeyPairSync('ed25519').privateKey],
    ['rsa', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['ecdsa P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['ecdsa P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey],
  ])('of %s in PKCS#8', (_name, generate) => {
    it.each([undefined, 'a pässphrase'])('with the passphrase %s logs in', async (passphrase) => {
      const key = generate();
      bench.server.authorize(publicLineOf(key));
      const authentication = keyFile(pkcs8Of(key, passphrase), passphrase ?? null);
      expect((await bench.tunnel({ authentication }).open()).description).toContain('private key');
    });
  });

  it('in PKCS#8 needs its own passphrase', async () => {
    const pem = pkcs8Of(generateKeyPairSync('ed25519').privateKey, 'the right one');
    const missing = await failureOf(bench.tunnel({ authentication: keyFile(pem, null) }).open());
    expect(missing.data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
    expect(missing.message).toContain('protected by a passphrase');
    const wrong = await failureOf(bench.tunnel({ authentication: keyFile(pem, 'nope') }).open());
    expect(wrong.data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
    expect(wrong.message).toContain('does not open');
  });

  it('that the server does not know is refused, with the methods that it takes', async () => {
    const authentication = bench.authorizedKey();
    bench.server.authorize(makeKeyPair('ed25519').public);
    const { data } = await failureOf(bench.tunnel({ authentication }).open());
    expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.keyFile' });
    expect(data.detail).toBe('It takes: publickey');
  });

  it('needs its own passphrase, which no error repeats', async () => {
    const authentication = bench.authorizedKey('ed25519', 'the right one');
    const withPassphrase = (passphrase: string | null) =>
      bench.tunnel({
        authentication: {
          ...authentication,
          passphrase: () => Promise.resolve(passphrase),
        } as typeof authentication,
      });
    const missing = await failureOf(withPassphrase(null).open());
    expect(missing.data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
    expect(missing.message).toContain('protected by a passphrase');
    const wrong = await failureOf(withPassphrase('not-this-one').open());
    expect(wrong.data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
    expect(wrong.message).toContain('does not open');
    expect(JSON.stringify([wrong.data, String(wrong.cause)])).not.toContain('not-this-one');
  });

  it.each<[string, () => string, RegExp]>([
    ['is missing', () => '/nonexistent/id_ed25519', /was not found/],
    ['is a folder', () => '/', /is no file/],
    [
      'is the public half',
      () => bench.server.file('id.pub', makeKeyPair('rsa').public),
      /public key/,
    ],
    ['is no key', () => bench.server.file('notes', 'hello'), /no private key that can be used/],
    [
      'is of a kind that SSH does not use',
      () => bench.server.file('x25519', pkcs8Of(generateKeyPairSync('x25519').privateKey)),
      /no private key that can be used/,
    ],
    ['is too large', () => bench.server.file('large', 'x'.repeat(200_000)), /too large/],
  ])('that %s is told beside its field', async (_name, path, message) => {
    const authentication = {
      method: 'key',
      path: path(),
      passphrase: () => Promise.resolve(null),
    } as const;
    const { data } = await failureOf(bench.tunnel({ authentication }).open());
    expect(data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.keyFile' });
    expect(data.message).toMatch(message);
  });

  it.runIf(process.platform !== 'win32')('that others can read is not used', async () => {
    const authentication = bench.authorizedKey();
    if (authentication.method === 'key') chmodSync(authentication.path, 0o644);
    const { data } = await failureOf(bench.tunnel({ authentication }).open());
    expect(data).toMatchObject({ field: 'ssh.keyFile' });
    expect(data.advice).toContain('chmod 600');
  });
});

describe('the SSH agent', () => {
  it('logs in with one of its keys', async () => {
    const known = makeKeyPair('rsa');
    bench.server.authorize(known.public);
    const agent = await startAgent([makeKeyPair('ed25519').private, known.private]);
    bench.afterTest(() => agent.stop());
    const tunnel = bench.tunnel({ authentication: { method: 'agent', socket: agent.socket } });
    expect((await tunnel.open()).description).toContain('key of the SSH agent');
    expect(await bench.databaseBehind(tunnel)).toBe(bench.database.name);
  });

  it('without a key that the server knows is refused', async () => {
    const agent = await startAgent([makeKeyPair('ed25519').private]);
    bench.afterTest(() => agent.stop());
    const authentication = { method: 'agent', socket: agent.socket } as const;
    const { data } = await failureOf(bench.tunnel({ authentication }).open());
    expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.authentication' });
    expect(data.message).toContain('none of the keys of the SSH agent');
  });

  it('that is not there is told', async () => {
    const none = { method: 'agent', socket: null } as const;
    expect((await failureOf(bench.tunnel({ authentication: none }).open())).data).toMatchObject({
      kind: 'InvalidInput',
      field: 'ssh.authentication',
    });
    const dead = { method: 'agent', socket: '/nonexistent/agent' } as const;
    const { data } = await failureOf(bench.tunnel({ authentication: dead }).open());
    expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.authentication' });
    expect(data.message).toContain('the SSH agent failed');
  });
});

it('says which methods a server takes that does not take passwords', async () => {
  const authentication = {
    method: 'password',
    password: () => Promise.resolve('secret-word'),
  } as const;
  const { data } = await failureOf(bench.tunnel({ authentication }).open());
  expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.authentication' });
  expect(data.message).toContain('does not take passwords');
  expect(data.detail).toBe('It takes: publickey');
  expect(JSON.stringify(data)).not.toContain('secret-word');
});

function keyFile(text: string, passphrase: string | null) {
  const path = bench.server.file('key', text);
  return { method: 'key', path, passphrase: () => Promise.resolve(passphrase) } as const;
}

function pkcs8Of(key: KeyObject, passphrase?: string): string {
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}
