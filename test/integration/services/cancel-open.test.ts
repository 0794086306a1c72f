import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { afterEach, expect, it } from 'vitest';
import { ConnectionOpener } from '../../../src/main/services/connections/connection-opener';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import {
  emptyProfileDocument,
  ProfileService,
} from '../../../src/main/services/profiles/profile-service';
import { SessionSecrets } from '../../../src/main/services/profiles/session-secrets';
import { SampleServer } from '../../../src/main/services/sample/sample-server';
import { failureOf } from '../db/failure-of';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A server that takes connections and never says a word. */
async function silentServer(): Promise<number> {
  // What comes is read and thrown away: unread, it would hide that the other side has gone.
  server = createServer((socket) => socket.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function openerFor(port: number): { opener: ConnectionOpener; registry: ConnectionRegistry } {
  const registry = new ConnectionRegistry({ health: new HealthService() });
  const secrets = new SessionSecrets();
  const opener = new ConnectionOpener({
    registry,
    database: new DatabaseService(registry),
    profiles: new ProfileService({
      secrets,
      store: {
        open: () => Promise.resolve({ value: emptyProfileDocument, damage: null }),
        save: () => Promise.resolve(),
      },
    }),
    sample: new SampleServer({ dataDirectory: join(tmpdir(), 'postern-never-made'), secrets }),
    knownHosts: { read: () => Promise.resolve([]), add: () => Promise.resolve() },
    defaults: {
      applicationName: 'postern-test',
      limits: {
        maxConnections: 2,
        minConnections: 0,
        acquireTimeoutMs: 60_000,
        idleTimeoutMs: 0,
        maxLifetimeMs: 0,
      },
    },
    environment: { DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/d` },
    onSampleProgress: () => undefined,
    onMinorFailure: () => undefined,
  });
  return { opener, registry };
}

it('stops opening at once, and ends the link', async () => {
  const { opener, registry } = openerFor(await silentServer());
  const linked: Promise<[Socket]> = once(server, 'connection') as Promise<[Socket]>;
  const openId = randomUUID();
  const opening = failureOf(opener.open({ kind: 'environment', source: 'DATABASE_URL' }, openId));
  const [socket] = await linked;
  const ended = once(socket, 'close');
  opener.cancel(openId);
  expect((await opening).kind).toBe('Cancelled');
  await ended;
  expect(registry.list()).toEqual([]);
});

it('stops only the try that it names', async () => {
  const { opener } = openerFor(await silentServer());
  const linked = once(server, 'connection');
  const openId = randomUUID();
  let isOver = false;
  const opening = failureOf(
    opener.open({ kind: 'environment', source: 'DATABASE_URL' }, openId),
  ).finally(() => {
    isOver = true;
  });
  await linked;
  opener.cancel(randomUUID());
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  opener.cancel(openId);
  await opening;
});

const draftFor = (port: number): ProfileDraft =>
  profileDraftSchema.parse({
    name: 'Silent',
    host: '127.0.0.1',
    port,
    database: 'd',
    user: 'u',
    passwordSource: 'ask',
    ssl: { mode: 'disable' },
  });

it.each<[string, (port: number) => ProfileDraft]>([
  ['a host', draftFor],
  ['several hosts', (port) => ({ ...draftFor(port), otherHosts: [{ host: '127.0.0.1', port }] })],
])('stops the test of %s at once, and ends its links', async (_name, draftOf) => {
  const port = await silentServer();
  const { opener } = openerFor(port);
  const links: Socket[] = [];
  server.on('connection', (socket) => links.push(socket));
  const draft = draftOf(port);
  const testId = randomUUID();
  const testing = failureOf(opener.test({ id: null, draft, password: 'p' }, testId));
  await expect.poll(() => links.length).toBe(1 + (draft.otherHosts?.length ?? 0));
  const ended = Promise.all(links.map((socket) => once(socket, 'close')));
  opener.cancel(testId);
  expect((await testing).kind).toBe('Cancelled');
  await ended;
});

it('stops whatever is being opened or tested when the app ends, and opens nothing more', async () => {
  const port = await silentServer();
  const { opener, registry } = openerFor(port);
  const links: Socket[] = [];
  server.on('connection', (socket) => links.push(socket));
  const source = { kind: 'environment', source: 'DATABASE_URL' } as const;
  const opening = failureOf(opener.open(source));
  const testing = failureOf(opener.test({ id: null, draft: draftFor(port), password: 'p' }));
  await expect.poll(() => links.length).toBe(2);
  const ended = Promise.all(links.map((socket) => once(socket, 'close')));
  await opener.close();
  expect((await opening).kind).toBe('Cancelled');
  expect((await testing).kind).toBe('Cancelled');
  await ended;
  expect((await failureOf(opener.open(source))).kind).toBe('Cancelled');
  expect(registry.list()).toEqual([]);
});
