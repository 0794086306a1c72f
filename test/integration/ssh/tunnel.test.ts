import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/client';
import type { SshAuthentication } from '../../../src/main/db/ssh/ssh-settings';
import type { Tunnel } from '../../../src/main/db/tunnel';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { tunnelThrough, type TunnelParts } from './ssh-fixture';
import { makeKeyPair, startSshServer, type KeyType, type SshServer } from './ssh-server';

let database: TestDatabase;
let server: SshServer;
const tunnels: Tunnel[] = [];

beforeAll(async () => {
  [database, server] = await Promise.all([createDatabase(), startSshServer()]);
});
afterEach(() => {
  for (const tunnel of tunnels.splice(0)) tunnel.close();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

function through(parts: TunnelParts): Tunnel {
  const tunnel = tunnelThrough(server, parts);
  tunnels.push(tunnel);
  return tunnel;
}

const noPassphrase = (): Promise<never> => Promise.reject(new Error('No passphrase is asked for.'));

/** A key file that may log in. */
function authorizedKey(type: KeyType, passphrase?: string): SshAuthentication {
  const key = makeKeyPair(type, passphrase);
  server.authorize(key.public);
  return {
    method: 'key',
    path: server.file(`id_${type}`, key.private),
    passphrase: passphrase === undefined ? noPassphrase : () => Promise.resolve(passphrase),
  };
}

async function query(tunnel: Tunnel): Promise<unknown> {
  const client = await connectClient({ ...database.settings, tunnel }, { timeoutMs: 5_000 });
  try {
    return (await client.query('SELECT current_database() AS name')).rows;
  } finally {
    client.destroy();
  }
}

describe('a key file', () => {
  it.each<[KeyType, string | undefined]>([
    ['ed25519', undefined],
    ['rsa', undefined],
    ['ecdsa', undefined],
    ['ed25519', 'a pässphrase'],
    ['rsa', 'a pässphrase'],
    ['ecdsa', 'a pässphrase'],
  ])('of %s with passphrase %s logs in', async (type, passphrase) => {
    const tunnel = through({ authentication: authorizedKey(type, passphrase) });
    const facts = await tunnel.open();
    expect(facts.description).toContain('private key, host key ED25519 SHA256:');
    expect(await query(tunnel)).toEqual([{ name: database.name }]);
  });

  it('that the server does not know is refused', async () => {
    const authentication = authorizedKey('ed25519');
    server.authorize(makeKeyPair('ed25519').public);
    const error = await failureOf(through({ authentication }).open());
    expect(error.data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.keyFile' });
    expect(error.data.detail).toContain('publickey');
  });
});
