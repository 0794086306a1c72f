import type { Page } from '@playwright/test';
import { Client } from 'pg';
import { startTestServer, type RunningTestServer } from '../integration/server';
import { TcpProxy } from '../integration/tcp-proxy';
import { expect, test } from './launch';
import { cell, editor, run, type } from './query-tab';

test.setTimeout(120_000);

/** Few enough to be used up by a test. */
const serverSessions = 16;
let server: RunningTestServer;

test.beforeAll(async () => {
  server = await startTestServer({
    max_connections: String(serverSessions),
    superuser_reserved_connections: '2',
  });
  await asSuperuser(`CREATE ROLE clerk LOGIN PASSWORD 'clerk'`);
  await asSuperuser('CREATE DATABASE ledger');
});
test.afterAll(() => server.stop());

test('a window that is closed while the application stays leaves no transaction open', async ({
  launch,
}) => {
  const { window, electron } = await launch({ env: { DATABASE_URL: clerkUrl() } });
  await openFromEnvironment(window);
  await run(window, 'begin; select 20 + 21 as answer;');
  await window.getByRole('button', { name: 'Run all statements' }).click();
  await expect(window.getByRole('button', { name: 'Commit' })).toBeVisible();
  const inTransaction = `SELECT FROM pg_stat_activity WHERE usename = 'clerk' AND state LIKE 'idle in%'`;
  expect(await asSuperuser(inTransaction)).toBe(1);
  await electron.evaluate(({ app, BrowserWindow }) => {
    // As on macOS, where the application goes on without a window.
    app.removeAllListeners('window-all-closed');
    app.on('window-all-closed', () => undefined);
    for (const open of BrowserWindow.getAllWindows()) open.destroy();
  });
  await expect.poll(() => asSuperuser(inTransaction)).toBe(0);
});

test('a server that restarts under an open application takes nothing with it', async ({
  launch,
}) => {
  const { window } = await launch({
    env: { DATABASE_URL: clerkUrl(), MAX_DB_CONNECTIONS: '2', DB_ACQUIRE_TIMEOUT: '500ms' },
  });
  const lost = window.getByRole('region', { name: 'Connection lost' });
  const unsent = window.getByRole('region', { name: 'Nothing was sent' });
  await openFromEnvironment(window);

  await test.step('the end of an idle session is not noticed', async () => {
    await run(window, 'select 20 + 22 as answer;');
    await expect(cell(window, '42')).toBeVisible();
    await asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'`,
    );
    await run(window, 'select 20 + 23 as answer;');
    await expect(cell(window, '43')).toBeVisible();
  });

  await test.step('the end of a busy one is told, and the next run works', async () => {
    await run(window, 'select pg_sleep(100);');
    await expect
      .poll(() =>
        asSuperuser(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'select pg_sleep%'`,
        ),
      )
      .toBe(1);
    const error = window.getByRole('alert');
    await expect(error).toContainText('Connection lost');
    await expect(error).toContainText('57P01');
    await run(window, 'select 20 + 24 as answer;');
    await expect(cell(window, '44')).toBeVisible();
    await expect(lost).toBeHidden();
  });

  await test.step('sessions that are all held are told with their holders', async () => {
    await type(window, 'begin; select 20 + 25 as answer;');
    await window.keyboard.press('Control+Shift+Enter');
    await expect(cell(window, '45')).toBeVisible();
    await window.keyboard.press('Control+T');
    await run(window, 'begin;');
    await expect(window.getByRole('button', { name: 'Commit' })).toBeVisible();
    await window.keyboard.press('Control+T');
    await run(window, 'select 7 * 7 as square;');
    const error = window.getByRole('alert');
    await expect(error).toContainText('All connections are in use');
    await expect(error).toContainText(/query tab 1, for \d+ s/);
    await expect(error).toContainText(/query tab 2, for \d+ s/);
    await expect(error).toContainText('end an open transaction');
    await window.getByRole('tab', { name: /Query 2/ }).click();
    await window.getByRole('button', { name: 'Roll back' }).click();
    await expect(window.getByText('Rolled back', { exact: true })).toBeVisible();
    await window.getByRole('tab', { name: /Query 3/ }).click();
    await error.getByRole('button', { name: 'Retry' }).click();
    await expect(cell(window, '49')).toBeVisible();
  });

  await test.step('texts, results and what became of the transaction stay', async () => {
    await window.getByRole('tab', { name: /Query 1/ }).click();
    await expect(window.getByRole('button', { name: 'Commit' })).toBeVisible();
    await server.halt();
    await expect(lost).toContainText('Texts and results stay');
    await expect(lost).toContainText('Trying again in');
    await expect(window.getByRole('contentinfo').getByText('Lost')).toBeVisible();
    await expect(window.getByText('Rolled back: the session was lost')).toBeVisible();
    await expect(window.getByRole('button', { name: 'Commit' })).toBeHidden();
    await expect(cell(window, '45')).toBeVisible();
    await expect(editor(window)).toContainText('20 + 25');
  });

  await test.step('a run in the meantime sends nothing and takes nothing away', async () => {
    await run(window, 'select 8 * 8 as square;');
    await expect(unsent).toContainText('Nothing accepts connections');
    await expect(unsent).toContainText('Nothing was sent.');
    await expect(cell(window, '45')).toBeVisible();
  });

  await test.step('it reconnects by itself', async () => {
    await server.resume();
    await expect(lost).toBeHidden({ timeout: 20_000 });
    await unsent.getByRole('button', { name: 'Retry' }).click();
    await expect(cell(window, '64')).toBeVisible();
    await expect(unsent).toBeHidden();
  });
});

test('a link that drops its packets is found, and what waits on it ends', async ({ launch }) => {
  const proxy = await TcpProxy.start(server.address);
  try {
    const { window } = await launch({ env: { DATABASE_URL: clerkUrl(proxy.port) } });
    await openFromEnvironment(window);
    const health = window.getByRole('contentinfo').getByRole('button', { name: /answers in/ });
    await health.click();
    const details = window.getByRole('dialog', { name: 'Health of the connection' });
    await expect(details.getByText(/in use, \d+ idle/)).toBeVisible();
    await window.keyboard.press('Escape');

    await run(window, 'select pg_sleep(100);');
    await expect(window.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible();
    proxy.fallSilent();
    const lost = window.getByRole('region', { name: 'Connection lost' });
    await expect(lost).toContainText('gave no session', { timeout: 12_000 });
    await expect(editor(window)).toContainText('pg_sleep');

    proxy.recover();
    await expect(lost).toBeHidden({ timeout: 20_000 });
    await expect(health).toBeVisible();
    const error = window.getByRole('alert');
    await expect(error).toContainText('Connection lost', { timeout: 25_000 });
    await expect(error).toContainText('took effect is not known');
    await run(window, 'select 20 + 22 as answer;');
    await expect(cell(window, '42')).toBeVisible();
  } finally {
    await proxy.close();
  }
});

test('a server that is full says so, and a computer that wakes looks at every connection', async ({
  launch,
}) => {
  const { host, port } = server.address;
  const { window, electron } = await launch({
    env: {
      DATABASE_URL: clerkUrl(),
      POSTGRES_HOST: host,
      POSTGRES_PORT: String(port),
      POSTGRES_USER: 'clerk',
      POSTGRES_PASSWORD: 'clerk',
      POSTGRES_DB: 'ledger',
      MAX_DB_CONNECTIONS: '5',
      MIN_DB_CONNECTIONS: '1',
    },
  });

  await test.step('a full server', async () => {
    // What an earlier test cut off goes on at the server for some seconds, and would make room.
    const leftOver = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'`;
    await expect.poll(() => asSuperuser(leftOver)).toBe(0);
    const others = await fillServer();
    await window.getByRole('button', { name: /DATABASE_URL/ }).click();
    const error = window.getByRole('alert');
    await expect(error).toContainText('53300');
    await expect(error).toContainText('Close sessions that are not needed');
    await Promise.all(others.map((client) => client.end()));
    await openFromEnvironment(window);
  });

  await test.step('200 runs at once on five sessions', async () => {
    expect(await runAtOnce(window, 200)).toEqual({ done: 200 });
    await run(window, 'select 20 + 22 as answer;');
    await expect(cell(window, '42')).toBeVisible();
    await expect(window.getByLabel(/^0 of 5 sessions in use/)).toBeVisible();
  });

  await test.step('waking', async () => {
    await window.getByRole('button', { name: 'Connections', exact: true }).click();
    await window.getByRole('button', { name: /POSTGRES_/ }).click();
    await expect(window.getByRole('tree')).toBeVisible();
    await followHealth(window);
    // A refused login is not tried again by itself: whatever mends these comes of the waking.
    await asSuperuser('ALTER ROLE clerk NOLOGIN');
    await asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk'`,
    );
    await expect.poll(() => states(window)).toEqual(['lost', 'lost']);
    await expect(window.getByText('It is not tried again by itself.')).toBeVisible();
    await asSuperuser('ALTER ROLE clerk LOGIN');
    await electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect.poll(() => states(window)).toEqual(['live', 'live']);
    await expect(window.getByRole('region', { name: 'Connection lost' })).toBeHidden();
  });
});

function clerkUrl(port = server.address.port): string {
  return `postgres://clerk:clerk@${server.address.host}:${port}/postgres`;
}

/** Runs SQL on a session of its own and gives the number of rows. */
async function asSuperuser(sql: string): Promise<number> {
  const { host, port, user, password } = server.address;
  const client = new Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  try {
    return (await client.query(sql)).rows.length;
  } finally {
    await client.end();
  }
}

/** Opens sessions until the server has none left for those who are no superusers. */
async function fillServer(): Promise<Client[]> {
  const clients: Client[] = [];
  for (let attempt = 0; attempt < serverSessions; attempt += 1) {
    const client = new Client({ connectionString: clerkUrl(), ssl: false });
    try {
      await client.connect();
    } catch {
      return clients;
    }
    clients.push(client);
  }
  throw new Error('The server took more sessions than it has.');
}

async function openFromEnvironment(window: Page): Promise<void> {
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();
}

/** Runs a statement in as many tabs at once, by the page's own way to main; counts the outcomes. */
function runAtOnce(window: Page, count: number): Promise<Record<string, number>> {
  return window.evaluate(async (tabs) => {
    const { postern } = window as unknown as {
      postern: { invoke(channel: string, request?: unknown): Promise<{ value: unknown }> };
    };
    const [connection] = (await postern.invoke('connection:list')).value as {
      connectionId: string;
    }[];
    if (connection === undefined) throw new Error('No connection is open.');
    const { connectionId } = connection;
    const statuses = await Promise.all(
      Array.from({ length: tabs }, async (_, index) => {
        const tabId = crypto.randomUUID();
        const { value } = await postern.invoke('query:run', {
          connectionId,
          tabId,
          executionId: crypto.randomUUID(),
          text: `select ${index}, pg_sleep(0.01)`,
          target: { kind: 'all' },
        });
        await postern.invoke('query:close-tab', { connectionId, tabId });
        return (value as { outcomes: { status: string }[] }).outcomes[0]?.status ?? 'none';
      }),
    );
    const counts: Record<string, number> = {};
    for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }, count);
}

/** Remembers what main says of the health of connections from now on. */
function followHealth(window: Page): Promise<void> {
  return window.evaluate(() => {
    const page = window as unknown as {
      seenStates: Record<string, string>;
      postern: {
        on(
          channel: string,
          listener: (health: { connectionId: string; state: string }) => void,
        ): void;
      };
    };
    page.seenStates = {};
    page.postern.on('connection:health', ({ connectionId, state }) => {
      page.seenStates[connectionId] = state;
    });
  });
}

/** The newest state of each connection of which anything was said. */
function states(window: Page): Promise<string[]> {
  return window.evaluate(() =>
    Object.values((window as unknown as { seenStates: Record<string, string> }).seenStates),
  );
}
