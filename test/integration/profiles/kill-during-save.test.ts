import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SessionSecrets } from '../../../src/main/services/profiles/session-secrets';
import { AtomicFile } from '../../../src/main/storage/atomic-file';
import { EncryptedStore } from '../../../src/main/storage/encrypted-store';
import { bundleChild, type ChildProgram } from './child-program';
import { emptyGenerations, generation, generationsSchema, type Generation } from './generations';

const kills = 100;
const key = randomBytes(32).toString('base64');
let program: ChildProgram;
let folder: string;

beforeAll(async () => {
  program = await bundleChild('save-loop');
  folder = await mkdtemp(join(tmpdir(), 'postern-kill-'));
});
afterAll(async () => {
  await program.remove();
  await rm(folder, { recursive: true });
});

/** Runs the loop of saves and kills it at a random moment after its first one has begun. */
async function saveUntilKilled(path: string): Promise<{ begun: number; ended: number }> {
  const child = spawn(process.execPath, [program.path, path, key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const last = { begun: 0, ended: 0 };
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [event, number] = line.split(' ');
    last[event === 'begin' ? 'begun' : 'ended'] = Number(number);
  });
  await once(lines, 'line');
  // The moment is what the test is about: microseconds to a few saves later.
  await setTimeout(randomInt(0, 25));
  child.kill('SIGKILL');
  await closed;
  return last;
}

it(`is the old or the new document, whole, after each of ${kills} kills during a save`, async () => {
  const lanes = ['one', 'two'].map((name) => killMany(join(folder, name), kills / 2));
  const interrupted = await Promise.all(lanes);
  // Otherwise the kills fell between the saves and have shown nothing.
  expect(Math.min(...interrupted)).toBeGreaterThan(0);
}, 120_000);

/** Returns how many of the kills fell into a save. */
async function killMany(own: string, count: number): Promise<number> {
  await mkdir(own);
  const path = join(own, 'generations.enc');
  let interrupted = 0;
  for (let kill = 0; kill < count; kill += 1) {
    const { begun, ended } = await saveUntilKilled(path);
    const { value, damage } = await (await openStore(path)).open();
    expect(damage).toBeNull();
    expect(value).toEqual(value.number === 0 ? emptyGenerations : generation(value.number));
    // What was reported as saved is there; a save that was under way may be.
    expect(value.number).toBeGreaterThanOrEqual(ended);
    expect(value.number).toBeLessThanOrEqual(begun);
    if (begun > ended) interrupted += 1;
    // Opening has removed what a killed save left half-written.
    const names = await readdir(own);
    expect(names).toEqual(value.number === 0 ? [] : ['generations.enc']);
  }
  return interrupted;
}

async function openStore(path: string): Promise<EncryptedStore<Generation>> {
  const secrets = new SessionSecrets();
  await secrets.set('key', key);
  return new EncryptedStore({
    file: new AtomicFile(path),
    secrets,
    keyAccount: 'key',
    schema: generationsSchema,
    version: 1,
    empty: emptyGenerations,
    contents: 'generations',
  });
}
