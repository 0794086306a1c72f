import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cleanEnvironment } from '../e2e/clean-environment';
import { applicationCommand } from '../e2e/launch-app';

const entry = fileURLToPath(new URL('start/end-when-shown.cjs', import.meta.url));
const runs = 7;

let userDataDir: string;
beforeAll(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'postern-bench-'));
});
afterAll(async () => {
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Milliseconds from the start of the process until its window has something to show. */
async function start(env: Readonly<Record<string, string>>): Promise<number> {
  const { executable, args } = applicationCommand({ userDataDir, entry });
  const startedAt = performance.now();
  const app = spawn(executable, args, {
    env: { ...cleanEnvironment(process.env), ...env },
    stdio: 'ignore',
  });
  expect(await once(app, 'exit')).toEqual([0, null]);
  return performance.now() - startedAt;
}

it('from the start to the first picture, beside an empty Electron', async () => {
  const times: { ours: number; empty: number }[] = [];
  // The first start of each fills the caches of the disk.
  for (let run = -1; run < runs; run += 1) {
    const time = { ours: await start({}), empty: await start({ EMPTY: '1' }) };
    if (run >= 0) times.push(time);
  }
  const median = (numbers: readonly number[]): number =>
    numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
  const ours = median(times.map((time) => time.ours));
  const empty = median(times.map((time) => time.empty));
  expect(times).toHaveLength(runs);
  console.table({
    'Postern (ms)': ours.toFixed(0),
    'an empty window (ms)': empty.toFixed(0),
    ratio: (ours / empty).toFixed(2),
  });
});
