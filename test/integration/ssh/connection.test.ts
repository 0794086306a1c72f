import { profileDraftSchema } from '@shared/models/connection-profile';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConnectionOpener } from '../../../src/main/services/connections/connection-opener';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import type { ConfirmHostKey } from '../../../src/main/services/connections/host-key-consent';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import {
  emptyProfileDocument,
  ProfileService,
} from '../../../src/main/services/profiles/profile-service';
import { SessionSecrets } from '../../../src/main/services/profiles/session-secrets';
import { SampleServer } from '../../../src/main/services/sample/sample-server';
import { failureOf } from '../db/failure-of';
import { TcpProxy } from '../tcp-proxy';
import { SshBench } from './ssh-bench';
import { MemoryKnownHosts } from './ssh-fixture';

const bench = new SshBench();
const trust: ConfirmHostKey = () => Promise.resolve(true);

/** The services behind a saved connection, and a network to the SSH host. */
async function setUp(draft: { readonly ssh: object; readonly passwordSource?: 'ask' }) {
  const network = await TcpProxy.start(bench.server);
  bench.afterTest(() => network.close());
  const health = new HealthService({ timing: { intervalMs: 200 } });
  const registry = new ConnectionRegistry({ health });
  bench.afterTest(() => registry.closeAll());
  const secrets = new SessionSecrets();
  const profiles = new ProfileService({
    secrets,
    store: {
      open: () => Promise.resolve({ value: emptyProfileDocument, damage: null }),
      save: () => Promise.resolve(),
    },
  });
  const knownHosts = new MemoryKnownHosts();
  const { limits, password, host, port, database, user } = bench.database.settings;
  const opener = new ConnectionOpener({
    registry,
    database: new DatabaseService(registry),
    profiles,
    sample: new SampleServer({ dataDirectory: join(tmpdir(), 'postern-never-made'), secrets }),
    knownHosts,
    defaults: { applicationName: 'postern-test', limits },
    environment: {},
    onSampleProgress: () => undefined,
    onMinorFailure: () => undefined,
  });
  const profile = await profiles.save({
    id: null,
    draft: profileDraftSchema.parse({
      name: 'Tunnelled',
      environment: 'production',
      host,
      port,
      database,
      user,
      sslMode: 'disable',
      ...draft,
      ssh: { host: '127.0.0.1', port: network.port, user: bench.server.user, ...draft.ssh },
    }),
    password: await password(),
    sshSecret: 'the passphrase',
  });
  return { opener, registry, health, profile, knownHosts, network };
}

function keyWithPassphrase() {
  const authentication = bench.authorizedKey('ed25519', 'the passphrase');
  if (authentication.method !== 'key') throw new Error('It is a key.');
  return { authentication: 'key', keyFile: authentication.path };
}

it('opens a saved connection by its kept passphrase, in one SSH connection with its probe', async () => {
  const { opener, registry, health, profile, knownHosts, network } = await setUp({
    ssh: keyWithPassphrase(),
  });
  const source = { kind: 'profile', id: profile.id } as const;
  expect((await failureOf(opener.open(source))).kind).toBe('HostKeyRefused');
  await expect.poll(() => network.open).toBe(0);

  const questions: string[] = [];
  const connection = await opener.open(source, undefined, async ({ name, environment }) => {
    questions.push(`${name} ${environment}`);
    return true;
  });
  expect(questions).toEqual(['Tunnelled production']);
  expect(knownHosts.added).toHaveLength(1);
  expect(connection).toMatchObject({ via: '127.0.0.1', database: bench.database.name });
  expect((await health.checkDbHealth(connection.connectionId)).state).toBe('live');
  expect(network.open).toBe(1);

  await registry.close(connection.connectionId);
  await expect.poll(() => network.open).toBe(0);
});

it('finds a cut tunnel, and mends it', async () => {
  const { opener, registry, health, profile, network } = await setUp({ ssh: keyWithPassphrase() });
  const { connectionId } = await opener.open({ kind: 'profile', id: profile.id }, undefined, trust);
  await health.checkDbHealth(connectionId);
  const states: string[] = [];
  health.on('changed', ({ state }) => states.push(state));
  network.cut();
  await expect.poll(() => states.at(-1)).toBe('live');
  expect(states[0]).toBe('checking');
  const [row] = await registry.get(connectionId).pool.query('SELECT 42 AS answer');
  expect(row).toEqual({ answer: '42' });
  expect(network.open).toBe(1);
});

it('asks for a passphrase that no longer opens the key, and goes on with the one of now', async () => {
  const ssh = keyWithPassphrase();
  const { opener, registry, health, profile, network } = await setUp({ ssh });
  const { connectionId } = await opener.open({ kind: 'profile', id: profile.id }, undefined, trust);
  await health.checkDbHealth(connectionId);

  const renewed = bench.authorizedKey('ed25519', 'another passphrase');
  expect(renewed).toMatchObject({ path: ssh.keyFile });
  network.cut();
  const refused = { state: 'lost', neededSecret: 'sshSecret' };
  await expect.poll(() => health.checkDbHealth(connectionId)).toMatchObject(refused);
  const lost = await health.checkDbHealth(connectionId);
  expect(lost).not.toHaveProperty('retryAt');

  registry.renewSecret(connectionId, 'sshSecret', 'not this one');
  expect(await health.checkDbHealth(connectionId)).toMatchObject(refused);
  registry.renewSecret(connectionId, 'sshSecret', 'another passphrase');
  const found = await health.checkDbHealth(connectionId);
  expect(found.state).toBe('live');
  expect(found).not.toHaveProperty('neededSecret');
  const [row] = await registry.get(connectionId).pool.query('SELECT 42 AS answer');
  expect(row).toEqual({ answer: '42' });
});

it('takes a typed passphrase for a connection that asks for it', async () => {
  const { opener, profile } = await setUp({ ssh: { ...keyWithPassphrase(), secretSource: 'ask' } });
  expect(profile).not.toHaveProperty('hasSshSecret');
  const source = { kind: 'profile', id: profile.id } as const;
  const missing = await failureOf(opener.open(source, undefined, trust));
  expect(missing.data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
  const typed = { ...source, sshSecret: 'the passphrase' };
  expect(await opener.open(typed, undefined, trust)).toMatchObject({ via: '127.0.0.1' });
});

it.each(['one host', 'several hosts'])(
  'asks in a test of %s too, and leaves no link',
  async (of) => {
    const { opener, profile, knownHosts, network } = await setUp({ ssh: keyWithPassphrase() });
    const { id, host, port } = profile;
    const draft = of === 'one host' ? profile : { ...profile, otherHosts: [{ host, port }] };
    const declined = await opener.test({ id, draft });
    expect(declined.error?.kind).toBe('HostKeyRefused');
    const result = await opener.test({ id, draft }, undefined, trust);
    expect(result.ok).toBe(true);
    expect(knownHosts.added).toHaveLength(1);
    await expect.poll(() => network.open).toBe(0);
  },
);
