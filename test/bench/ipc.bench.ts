/**
 * What the way through the application adds: a statement called from the page, over IPC, against bare
 * pg in the main process; and the time from a press of "Cancel" to the server having stopped.
 */
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PosternBridge } from '../../src/shared/ipc/bridge';
import { type BenchApp, openBenchApp } from './desktop-app';
import { percentile } from './frame-times';

const latencyRuns = 1_000;
const warmUps = 200;
const cancelRuns = 60;

let app: BenchApp;

beforeAll(async () => {
  app = await openBenchApp();
});
afterAll(() => app.close());

const shown = (ms: number): string => ms.toFixed(2);
const sorted = (times: readonly number[]): number[] => times.toSorted((one, other) => one - other);

const line = (times: readonly number[]) => ({
  p50: shown(percentile(times, 0.5)),
  p95: shown(percentile(times, 0.95)),
});

/** Milliseconds of each `select 1`, from the call in the page to its answer there. */
function throughIpc(runs: number): Promise<number[]> {
  return app.window.evaluate(async (count) => {
    const { postern } = globalThis as unknown as { postern: PosternBridge };
    const list = await postern.invoke('connection:list');
    const [connection] = list.ok ? list.value : [];
    if (connection === undefined) throw new Error('No connection is open.');
    const tabId = crypto.randomUUID();
    const times: number[] = [];
    for (let run = 0; run < count; run += 1) {
      const startedAt = performance.now();
      const answer = await postern.invoke('query:run', {
        connectionId: connection.connectionId,
        tabId,
        executionId: crypto.randomUUID(),
        text: 'select 1',
        target: { kind: 'all' },
      });
      times.push(performance.now() - startedAt);
      if (!answer.ok) throw new Error(answer.error.message);
    }
    return times;
  }, runs);
}

/** Milliseconds of each `select 1` of a bare client in the main process. */
function barePg(runs: number): Promise<number[]> {
  return app.electron.evaluate(async ({ app: electronApp }, count) => {
    const { mainModule } = process;
    if (mainModule === undefined) throw new Error('The main process has no module of its own.');
    const { createRequire } = mainModule.require('node:module') as {
      readonly createRequire: (from: string) => NodeJS.Require;
    };
    const load = createRequire(`${electronApp.getAppPath()}/package.json`);
    const pg = load('pg') as { readonly Client: typeof Client };
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await client.connect();
    const times: number[] = [];
    for (let run = 0; run < count; run += 1) {
      const startedAt = performance.now();
      await client.query('select 1');
      times.push(performance.now() - startedAt);
    }
    await client.end();
    return times;
  }, runs);
}

/** Milliseconds from a press of "Cancel" until the page shows that the statement has ended. */
async function cancelOnce(): Promise<number> {
  const { window } = app;
  await app.run('select pg_sleep(60)');
  await window.getByRole('button', { name: 'Cancel' }).waitFor();
  return window.evaluate(async () => {
    const results = document.querySelector('section[aria-label="Results"]');
    const buttons = [...document.querySelectorAll('button')];
    const cancel = buttons.find(({ textContent }) => textContent === 'Cancel');
    if (results === null || cancel === undefined) throw new Error('Nothing runs.');
    const startedAt = performance.now();
    const ended = new Promise<void>((resolve) => {
      new MutationObserver(() => {
        if (results.ariaBusy === 'false') resolve();
      }).observe(results, { attributeFilter: ['aria-busy'] });
    });
    cancel.click();
    await ended;
    return performance.now() - startedAt;
  });
}

it('what IPC and the services add to `select 1`', async () => {
  await throughIpc(warmUps);
  await barePg(warmUps);
  const ours = sorted(await throughIpc(latencyRuns));
  const bare = sorted(await barePg(latencyRuns));
  expect(ours).toHaveLength(latencyRuns);
  console.table({
    'page, IPC, services, pg (ms)': line(ours),
    'bare pg in main (ms)': line(bare),
    'added (ms)': {
      p50: shown(percentile(ours, 0.5) - percentile(bare, 0.5)),
      p95: shown(percentile(ours, 0.95) - percentile(bare, 0.95)),
    },
  });
});

it('from a press of "Cancel" to the server having stopped', async () => {
  await cancelOnce();
  const times: number[] = [];
  for (let run = 0; run < cancelRuns; run += 1) times.push(await cancelOnce());
  const taken = sorted(times);
  expect(taken).toHaveLength(cancelRuns);
  console.table({
    'cancel on loopback (ms)': {
      ...line(taken),
      worst: shown(percentile(taken, 1)),
    },
  });
});
