/**
 * How long it takes to connect, and to find and to mend each fault of a link, with the limits of the
 * application. The yardstick is what a bare pg client takes to connect and to answer SELECT 1.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionSettings } from '../../src/main/db/session/connection-settings';
import { ConnectionRegistry } from '../../src/main/services/connections/connection-registry';
import type { OpenConnection } from '../../src/main/services/connections/open-connection';
import { readConfig } from '../../src/main/config';
import { HealthService } from '../../src/main/services/health-service';
import { startTestServer, type RunningTestServer } from '../integration/server';
import { TcpProxy } from '../integration/tcp-proxy';
import { openBenchApp } from './desktop-app';

const runs = 15;
/** How long a fault lasts once it was found: tries to reconnect have become rarer by then. */
const outageMs = 2_000;
const label = {
  profileId: null,
  origin: 'environment',
  name: 'bench',
  color: 'gray',
  environment: 'local',
} as const;

/** One line of the table; milliseconds. */
interface Line {
  readonly what: string;
  readonly found?: number;
  readonly mended?: number;
}

let server: RunningTestServer;
let settings: ConnectionSettings;
let bareMs: number;

beforeAll(async () => {
  server = await startTestServer();
  const { host, port, user, password } = server.address;
  settings = {
    host,
    port,
    user,
    database: 'postgres',
    password: () => Promise.resolve(password),
    ssl: { mode: 'disable' },
    applicationName: 'postern-bench',
    readOnly: false,
    statementTimeoutMs: 0,
    limits: readConfig({}).poolDefaults,
  };
  bareMs = await median(runs, bareConnect);
});
afterAll(() => server.stop());

it('connects', async () => {
  const health = new HealthService();
  const registry = new ConnectionRegistry({ health });
  const serviceMs = await median(runs, async () => {
    const { connectionId } = await registry.open(settings, label);
    return () => registry.close(connectionId);
  });
  const app = await openBenchApp();
  const { window } = app;
  const clicks: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await window.getByRole('button', { name: 'Close the connection' }).first().click();
    await window.getByRole('button', { name: /DATABASE_URL/ }).waitFor();
    clicks.push(await window.evaluate(clickToConnected));
  }
  await app.close();
  print('Connecting on the loopback, median of 15', [
    ['a bare pg client, and SELECT 1', ms(bareMs), '1.0'],
    ['the connection service: version, types, checks', ms(serviceMs), ratio(serviceMs)],
    [
      'the application: from the click to the tree and editor',
      ms(middle(clicks)),
      ratio(middle(clicks)),
    ],
  ]);
  expect(clicks).toHaveLength(runs);
});

it('finds and mends faults', async () => {
  const lines = [
    await endedSession('idle session ended'),
    await endedSession('busy session ended', 'SELECT pg_sleep(100)'),
    await restart(),
    await refusal(),
    ...(await silence()),
  ];
  print(
    'Faults: until they are told, and from the end of the fault until it works again',
    lines.map(({ what, found, mended }) => [
      what,
      found === undefined ? '' : ms(found),
      mended === undefined ? '' : ms(mended),
      mended === undefined ? '' : ratio(mended),
    ]),
    ['', 'found', 'mended', 'mended / bare connect'],
  );
  expect(lines.length).toBeGreaterThan(5);
});

/** The time from pressing the button of the environment's connection to its tree and its editor. */
async function clickToConnected(): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
    textContent.includes('DATABASE_URL'),
  );
  if (button === undefined) throw new Error('There is no button to open the connection.');
  const start = performance.now();
  button.click();
  return new Promise((resolve) => {
    const look = (): void => {
      const isThere =
        document.querySelector('[role="treeitem"]') !== null &&
        document.querySelector('.cm-content') !== null;
      if (isThere) resolve(performance.now() - start);
      else requestAnimationFrame(look);
    };
    look();
  });
}

function bareClient(): Client {
  const { host, port, user, password } = server.address;
  return new Client({ host, port, user, password, database: 'postgres', ssl: false });
}

/** Connects and asks once with pg alone; gives how to end it. */
async function bareConnect(): Promise<() => Promise<void>> {
  const client = bareClient();
  await client.connect();
  await client.query('SELECT 1');
  return () => client.end();
}

/** A connection with the limits of the application, opened to `port`; `use` is given what it needs. */
async function withConnection<T>(
  port: number,
  use: (watched: { connection: OpenConnection; health: HealthService }) => Promise<T>,
): Promise<T> {
  const health = new HealthService();
  const registry = new ConnectionRegistry({ health });
  const { connectionId } = await registry.open({ ...settings, port }, label);
  try {
    await health.checkDbHealth(connectionId);
    return await use({ connection: registry.get(connectionId), health });
  } finally {
    await registry.close(connectionId);
  }
}

/** A session that the server ends, while it is idle or runs a statement. */
function endedSession(what: string, statement?: string): Promise<Line> {
  return withConnection(server.address.port, async ({ connection: { pool } }) => {
    const client = await pool.acquire();
    if (statement === undefined) client.release();
    const told =
      statement === undefined
        ? once(pool, 'lost')
        : client.query(statement).then(
            () => undefined,
            () => undefined,
          );
    const administrator = bareClient();
    await administrator.connect();
    const start = performance.now();
    await administrator.query('SELECT pg_terminate_backend($1)', [client.processId]);
    await told;
    const found = performance.now() - start;
    await administrator.end();
    client.release();
    const again = performance.now();
    await pool.query('SELECT 1');
    return { what, found, mended: performance.now() - again };
  });
}

function restart(): Promise<Line> {
  return withConnection(server.address.port, async ({ health }) => {
    const start = performance.now();
    await Promise.all([state(health, 'lost'), server.halt()]);
    const found = performance.now() - start;
    await delay(outageMs);
    await server.resume();
    const again = performance.now();
    await state(health, 'live');
    return { what: 'server stopped and started', found, mended: performance.now() - again };
  });
}

async function refusal(): Promise<Line> {
  let proxy = await TcpProxy.start(server.address);
  const { port } = proxy;
  try {
    return await withConnection(port, async ({ health }) => {
      const start = performance.now();
      await Promise.all([state(health, 'lost'), proxy.close()]);
      const found = performance.now() - start;
      await delay(outageMs);
      proxy = await TcpProxy.start(server.address, 'forward', port);
      const again = performance.now();
      await state(health, 'live');
      return { what: 'links reset, then refused', found, mended: performance.now() - again };
    });
  } finally {
    await proxy.close();
  }
}

/** A link on which nothing passes any more, beginning right after a sign of life: the longest wait. */
async function silence(): Promise<Line[]> {
  const proxy = await TcpProxy.start(server.address);
  try {
    return await withConnection(
      proxy.port,
      async ({ connection: { pool, connectionId }, health }) => {
        const client = await pool.acquire();
        const ended = client.query('SELECT pg_sleep(100)').then(
          () => undefined,
          () => undefined,
        );
        await health.checkDbHealth(connectionId);
        const start = performance.now();
        proxy.fallSilent();
        await state(health, 'lost');
        const found = performance.now() - start;
        await delay(outageMs);
        proxy.recover();
        const again = performance.now();
        await state(health, 'live');
        const mended = performance.now() - again;
        await ended;
        client.release();
        return [
          { what: 'packets dropped', found, mended },
          {
            what: '  the statement that waited, after packets flow',
            found: performance.now() - again,
          },
        ];
      },
    );
  } finally {
    await proxy.close();
  }
}

/** Resolves once the health of the one connection is this. */
function state(health: HealthService, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ state: now }: { state: string }): void => {
      if (now !== wanted) return;
      health.off('changed', look);
      resolve();
    };
    health.on('changed', look);
  });
}

/** The median time of `work` in milliseconds; what it gives is called afterwards, untimed. */
async function median(count: number, work: () => Promise<() => Promise<void>>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < count; run += 1) {
    const start = performance.now();
    const end = await work();
    times.push(performance.now() - start);
    await end();
  }
  return middle(times);
}

function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

const ms = (time: number): string => (time < 100 ? time.toFixed(1) : time.toFixed(0));
const ratio = (time: number): string => (time / bareMs).toFixed(1);

function print(
  title: string,
  rows: readonly (readonly string[])[],
  head: readonly string[] = ['', 'ms', 'ratio'],
): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  console.log(`\n${title} (milliseconds)\n${lines.join('\n')}`);
}
