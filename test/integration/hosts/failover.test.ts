import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ServerConnector } from '../../../src/main/db/server/server-connector';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { loadParser } from '../../../src/main/sql/parser';
import type {
  Connection,
  HostAddress,
  TargetSessionAttrs,
} from '../../../src/shared/models/connection-profile';
import { createDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { freePort, startTestServer, type RunningTestServer } from '../server';
import { runStandby, startStandby, type RunningStandby } from '../standby';

let primary: RunningTestServer;
let standby: RunningStandby;
let base: ConnectionSettings;
let nobody: HostAddress;
/** The primary, once it has come back as a standby. */
let former: RunningStandby | null = null;

beforeAll(async () => {
  await loadParser();
  primary = await startTestServer();
  const database = await createDatabase(primary.address);
  // Its own session would not survive the primary: the tests use a database that is there anyway.
  base = { ...database.settings, database: 'postgres' };
  await database.drop();
  standby = await startStandby(primary.address);
  nobody = { host: '127.0.0.1', port: await freePort() };
}, 60_000);
afterAll(async () => {
  await standby.stop();
  await (former ?? primary).stop();
});

const at = ({ host, port }: HostAddress): HostAddress => ({ host, port });

function settingsFor(
  hosts: readonly HostAddress[],
  targetSessionAttrs?: TargetSessionAttrs,
): ConnectionSettings {
  const [first = nobody, ...otherHosts] = hosts;
  return {
    ...base,
    ...at(first),
    otherHosts,
    ...(targetSessionAttrs && { targetSessionAttrs }),
  };
}

/** The address of the server that a session was made with. */
async function chosen(settings: ConnectionSettings): Promise<HostAddress | undefined> {
  const connector = new ServerConnector(settings);
  const session = await connector.connect({ timeoutMs: 5_000 });
  const { host, port } = session;
  session.destroy();
  expect(connector.current?.address).toEqual({ host, port });
  return { host, port };
}

describe('the hosts of a connection', () => {
  const wanted: [TargetSessionAttrs, 'primary' | 'standby'][] = [
    ['any', 'standby'],
    ['read-write', 'primary'],
    ['read-only', 'standby'],
    ['primary', 'primary'],
    ['standby', 'standby'],
    ['prefer-standby', 'standby'],
  ];
  it.each(wanted)('are tried in order until one is %s', async (attrs, expected) => {
    const expectedAddress = at(expected === 'primary' ? primary.address : standby.address);
    const hosts = [nobody, at(standby.address), at(primary.address)];
    expect(await chosen(settingsFor(hosts, attrs))).toEqual(expectedAddress);
  });

  it('are taken in the second round where a standby is only preferred', async () => {
    const hosts = [nobody, at(primary.address)];
    expect(await chosen(settingsFor(hosts, 'prefer-standby'))).toEqual(at(primary.address));
  });

  it('are read-only for whoever asks for writes, even on a read-only profile', async () => {
    const settings = { ...settingsFor([at(standby.address), at(primary.address)], 'read-write') };
    expect(await chosen({ ...settings, readOnly: true })).toEqual(at(primary.address));
  });

  it('each say why they cannot be used', async () => {
    const settings = settingsFor([nobody, at(standby.address)], 'read-write');
    const error = await failureOf(new ServerConnector(settings).connect({ timeoutMs: 5_000 }));
    expect(error.data).toMatchObject({
      kind: 'ConnectionFailed',
      message: 'None of the 2 hosts could be used.',
      detail: [
        `Nothing accepts connections at 127.0.0.1:${nobody.port}.`,
        `127.0.0.1:${standby.address.port} is a standby and takes no writes.`,
      ].join('\n'),
    });
  });

  it('are not tried any further once a login was refused', async () => {
    const settings = {
      ...settingsFor([at(primary.address), at(standby.address)]),
      password: () => Promise.resolve('wrong'),
    };
    const error = await failureOf(new ServerConnector(settings).connect({ timeoutMs: 5_000 }));
    expect(error.data).toMatchObject({ kind: 'AuthenticationFailed', sqlState: '28P01' });
  });

  it('are each tested, with what they are', async () => {
    const service = new DatabaseService(new ConnectionRegistry({ health: new HealthService() }));
    const hosts = [nobody, at(standby.address), at(primary.address)];
    const test = await service.testConnection(settingsFor(hosts, 'read-write'), {
      timeoutMs: 5_000,
    });
    expect(test.ok).toBe(true);
    expect(test.steps.map(({ name, ok, detail }) => [name, ok, detail])).toEqual([
      ['host', false, expect.stringContaining('Nothing accepts connections')],
      [
        'host',
        false,
        expect.stringMatching(/: standby, PostgreSQL .*, not of the kind asked for$/),
      ],
      ['host', true, expect.stringMatching(/: primary, PostgreSQL /)],
    ]);
  });
});

/** An open connection that follows its server, with a health probe every 50 ms. */
async function openConnection(settings: ConnectionSettings) {
  const health = new HealthService({
    timing: { intervalMs: 50, pingTimeoutMs: 500, connectTimeoutMs: 500, graceMs: 100 },
  });
  const seen: Connection[] = [];
  const registry = new ConnectionRegistry({
    health,
    onChange: (connections) => seen.push(...connections),
  });
  const { connectionId } = await registry.open(settings, {
    profileId: null,
    origin: 'environment',
    name: 'shop',
    color: 'gray',
    environment: 'local',
  });
  const service = new DatabaseService(registry);
  const tabId = randomUUID();
  const run = (text: string) =>
    service.executeQuery(
      connectionId,
      { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
      {
        confirm: () => Promise.resolve({ choice: 'run', waive: false }),
        onProgress: () => undefined,
      },
    );
  return { registry, connectionId, seen, run, info: () => registry.get(connectionId).info };
}

describe('a connection', () => {
  it('refuses writes to a standby before they are sent, through a failover and back', async () => {
    const onStandby = await openConnection(settingsFor([at(standby.address)]));
    const onPrimary = await openConnection(
      settingsFor([at(primary.address), at(standby.address)], 'read-write'),
    );
    const onFormer = await openConnection(settingsFor([at(primary.address)]));
    expect(onStandby.info()).toMatchObject({ isStandby: true, readOnly: false });
    expect(onPrimary.info()).toMatchObject(at(primary.address));
    expect(onPrimary.info().isStandby).toBeUndefined();

    expect((await onPrimary.run('CREATE TABLE kept (id int)')).outcomes[0]?.status).toBe('done');
    const refused = await failureOf(onStandby.run('SELECT 1; CREATE TABLE no (id int)'));
    expect(refused.data).toMatchObject({ kind: 'ReadOnly', position: 10 });
    expect(refused.message).toContain('standby');
    expect((await onStandby.run('SELECT 1')).outcomes[0]?.status).toBe('done');

    // The failover: the primary is gone, the standby takes its place.
    await primary.halt();
    await standby.promote();
    await expect.poll(() => onStandby.info().isStandby, { timeout: 5_000 }).toBeUndefined();
    expect(onStandby.seen.at(-1)?.isStandby).toBeUndefined();
    expect((await onStandby.run('CREATE TABLE yes (id int)')).outcomes[0]?.status).toBe('done');

    await expect.poll(() => onPrimary.info().port, { timeout: 10_000 }).toBe(standby.address.port);
    expect(onPrimary.seen.at(-1)).toMatchObject(at(standby.address));
    expect((await onPrimary.run('INSERT INTO kept VALUES (1)')).outcomes[0]?.status).toBe('done');

    // The former primary comes back as a standby of the new one.
    expect(onFormer.info().isStandby).toBeUndefined();
    const { socketFolder, port } = primary.address;
    former = await runStandby(socketFolder ?? '', port, standby.address);
    await expect.poll(() => onFormer.info().isStandby, { timeout: 15_000 }).toBe(true);
    expect(onFormer.seen.at(-1)?.isStandby).toBe(true);
    const refusedNow = await failureOf(onFormer.run('INSERT INTO kept VALUES (2)'));
    expect(refusedNow.data.kind).toBe('ReadOnly');
    // What was written meanwhile reaches it.
    await expect
      .poll(async () => (await onFormer.run('TABLE kept')).outcomes[0], { timeout: 10_000 })
      .toMatchObject({ status: 'done', result: { commandTag: 'SELECT 1' } });
    expect(onPrimary.info()).toMatchObject(at(standby.address));
    const writers = settingsFor([at(primary.address), at(standby.address)], 'read-write');
    expect(await chosen(writers)).toEqual(at(standby.address));
    for (const { registry } of [onStandby, onPrimary, onFormer]) await registry.closeAll();
  }, 60_000);

  it('sends a cancel to the very host of its session', async () => {
    const settings = settingsFor([nobody, at(standby.address)]);
    const opened = await openConnection(settings);
    const session = await connectClient(
      { ...settings, ...at(standby.address) },
      { timeoutMs: 5_000 },
    );
    const tab = opened.registry.get(opened.connectionId).tab('one');
    const running = tab.run({
      text: 'SELECT pg_sleep(60)',
      range: { from: 0, to: 0 },
      strategy: 'complete',
      changesSession: false,
    });
    const outcome = failureOfStatement(running);
    await expect
      .poll(async () => {
        const { rows } = await session.query(
          `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active' AND datname = current_database()`,
        );
        return rows.length;
      })
      .toBe(1);
    await tab.cancel();
    expect(await outcome).toContain('canceling statement due to user request');
    session.destroy();
    await opened.registry.closeAll();
  });
});

async function failureOfStatement(running: Promise<unknown>): Promise<string> {
  try {
    await running;
    return 'It did not fail.';
  } catch (error) {
    return String(error);
  }
}
