import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, inject, it } from 'vitest';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { testConnection } from '../../../src/main/services/profiles/connection-test';
import { failureOf } from '../db/failure-of';
import { sleepingSessions } from '../sleeping';
import { TcpProxy } from '../tcp-proxy';
import { SshBench } from './ssh-bench';
import { knownTo, MemoryKnownHosts, tunnelThrough, type TunnelParts } from './ssh-fixture';
import { makeKeyPair, startSshServer } from './ssh-server';

const bench = new SshBench();

const test = (parts: Partial<TunnelParts>, changes: Partial<ConnectionSettings> = {}) =>
  testConnection(
    { ...bench.database.settings, ...changes, tunnel: bench.tunnel(parts) },
    { timeoutMs: 5_000 },
  );

/** Every step as "name", the failed one as "name!". */
const names = ({ steps }: Awaited<ReturnType<typeof test>>): string[] =>
  steps.map(({ name, ok }) => (ok ? name : `${name}!`));

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the test of a connection', () => {
  it('has a step for the tunnel, with its time', async () => {
    const result = await test({});
    expect(names(result)).toEqual(['ssh', 'connect', 'tls', 'authenticate', 'version']);
    const [ssh, connect] = result.steps;
    expect(ssh?.detail).toContain(`127.0.0.1:${bench.server.port}, private key, host key`);
    expect(ssh?.durationMs).toBeGreaterThan(0);
    expect(connect?.detail).toBe(
      `127.0.0.1:${bench.database.settings.port}, as 127.0.0.1 knows it`,
    );
  });

  it('does not count the time of a question whose answer is no', async () => {
    let askedMs = 0;
    const beganAt = performance.now();
    const result = await test({
      knownHosts: new MemoryKnownHosts(),
      ask: async () => {
        const askedAt = performance.now();
        // Longer than all before it: counted as well, it could not be missed.
        await expect
          .poll(() => performance.now() - askedAt)
          .toBeGreaterThan(2 * (askedAt - beganAt));
        askedMs = performance.now() - askedAt;
        return false;
      },
    });
    const tookMs = performance.now() - beganAt;
    expect(names(result)).toEqual(['ssh!']);
    expect(askedMs + (result.steps[0]?.durationMs ?? Number.NaN)).toBeLessThanOrEqual(tookMs);
  });

  it.each<[string, Partial<TunnelParts>, Record<string, unknown>]>([
    [
      'an SSH host that is not found',
      { host: 'no-such-host.invalid' },
      {
        kind: 'ConnectionFailed',
        message: /SSH host name "no-such-host.invalid" (was not found|could not)/,
      },
    ],
    [
      'no SSH server',
      { port: 1 },
      { kind: 'ConnectionFailed', systemCode: 'ECONNREFUSED', message: /No SSH server accepts/ },
    ],
  ])('tells %s', async (_name, parts, { message, ...expected }) => {
    const result = await test(parts);
    expect(names(result)).toEqual(['ssh!']);
    expect(result.error).toMatchObject(expected);
    expect(result.error?.message).toMatch(message as RegExp);
  });

  it('tells that another service listens at the SSH port', async () => {
    const server = createServer((socket) => socket.end('220 mail.example.com\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    bench.afterTest(() => server.close());
    const result = await test({ port: (server.address() as AddressInfo).port });
    expect(names(result)).toEqual(['ssh!']);
    expect(result.error?.message).toContain('did not answer as an SSH server does');
  });

  it('tells that an SSH server is silent', async () => {
    const server = createServer((socket) => socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    bench.afterTest(() => server.close());
    const { port } = server.address() as AddressInfo;
    const result = await test({ port, timing: { connectTimeoutMs: 200 } });
    expect(names(result)).toEqual(['ssh!']);
    expect(result.error).toMatchObject({ kind: 'Timeout' });
  });

  it('tells that the SSH host does not reach the database', async () => {
    const result = await test({}, { port: await closedPort() });
    expect(names(result)).toEqual(['ssh', 'connect!']);
    expect(result.error).toMatchObject({ kind: 'ConnectionFailed', systemCode: 'ECONNREFUSED' });
    expect(result.error?.message).toContain('does not reach the database server');
  });

  it('tells that the SSH host does not know the name of the database host', async () => {
    const result = await test({}, { host: 'no-such-host.invalid' });
    expect(names(result)).toEqual(['ssh', 'connect!']);
    expect(result.error?.message).toContain('no-such-host.invalid');
  });
});

it('is closed when the test is cancelled', async () => {
  const proxy = await TcpProxy.start(bench.server);
  bench.afterTest(() => proxy.close());
  const { port } = proxy;
  const tunnel = bench.tunnel({
    port,
    knownHosts: new MemoryKnownHosts(knownTo({ ...bench.server, port })),
  });
  const controller = new AbortController();
  const testing = testConnection(
    {
      ...bench.database.settings,
      tunnel,
      startupStatements: ['SELECT pg_catalog.pg_sleep(600)'],
    },
    { timeoutMs: 0, signal: controller.signal },
  );
  await expect.poll(() => sleepingSessions(bench.database)).toBe(1);
  expect(proxy.open).toBe(1);
  controller.abort();
  expect((await testing).error).toMatchObject({ kind: 'Cancelled' });
  await expect.poll(() => proxy.open).toBe(0);
  await expect.poll(() => sleepingSessions(bench.database)).toBe(0);
});

describe('a server that allows no tunnel', () => {
  /** What a connection through a server with this setting ends with. */
  async function failureThrough(setting: string, host = '127.0.0.1') {
    const server = await startSshServer({ settings: [setting] });
    bench.afterTest(() => server.stop());
    const key = makeKeyPair('ed25519');
    server.authorize(key.public);
    const path = server.file('id', key.private);
    const passphrase = () => Promise.resolve(null);
    const tunnel = tunnelThrough(server, { authentication: { method: 'key', path, passphrase } });
    bench.afterTest(() => tunnel.close());
    return (await failureOf(bench.connect(tunnel, { host }))).data;
  }

  it.each([
    ['at all', 'AllowTcpForwarding no'],
    ['to this place', 'PermitOpen 10.0.0.1:1'],
  ])('%s is told apart from one that does not reach the database', async (_name, setting) => {
    const data = await failureThrough(setting);
    expect(data.kind).toBe('ConnectionFailed');
    expect(data.message).toContain('does not allow a tunnel to');
    expect(data.advice).toContain(setting.split(' ')[0]);
  });

  it.runIf(process.platform !== 'win32')(
    'to sockets leaves both causes open, as sshd does',
    async () => {
      const host = inject('postgres').socketFolder ?? '';
      const data = await failureThrough('AllowStreamLocalForwarding no', host);
      expect(data.message).toContain('does not reach the database server at /');
      expect(data.advice).toContain('AllowStreamLocalForwarding');
    },
  );
});

it('is not tried again by another name once the host key is refused', async () => {
  const old = makeKeyPair('ed25519').public;
  const knownHosts = new MemoryKnownHosts(knownTo({ ...bench.server, hostKeys: [old] }));
  const result = await test({ knownHosts });
  expect(names(result)).toEqual(['ssh!']);
  expect(result.error?.kind).toBe('HostKeyRefused');
});
