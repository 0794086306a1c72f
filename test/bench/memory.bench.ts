import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../integration/database';

/** Rows of the large result; BENCH_ROWS makes them fewer. */
const rows = Number(process.env['BENCH_ROWS'] ?? 10_000_000);
const fewRows = 10_000;
const megabyte = 1024 * 1024;
const runs = 3;

let database: TestDatabase;
let program: string;

beforeAll(async () => {
  database = await createDatabase();
  program = await bundle();
});
afterAll(() => database.drop());

/** The child as one file of JavaScript, as the application is built. */
async function bundle(): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outDir = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': `${root}/src/shared` } },
    build: {
      ssr: fileURLToPath(new URL('read-to-end.ts', import.meta.url)),
      outDir,
      emptyOutDir: true,
      target: 'node18',
      rollupOptions: { output: { entryFileNames: 'read-to-end.mjs' } },
    },
  });
  return `${outDir}/read-to-end.mjs`;
}

interface Measured {
  readonly idle: number;
  readonly peak: number;
  /** What the open result keeps in use after a full collection, above idle. */
  readonly held: number;
  readonly read: number;
}

/** Reads a result to its end in a process of its own. Bytes. */
function measure(count: number, mode: 'grid' | 'store'): Promise<Measured> {
  const server = inject('postgres');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', program], {
      env: {
        ...process.env,
        READ_TO_END: JSON.stringify({ ...server, database: database.name, count, mode }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Measured);
      else reject(new Error(`The child ended with ${code}.`));
    });
  });
}

/** The median of some runs: where the collector stands at the end of one is chance. */
async function median(count: number, mode: 'grid' | 'store'): Promise<Measured> {
  const measured: Measured[] = [];
  for (let run = 0; run < runs; run += 1) measured.push(await measure(count, mode));
  const above = ({ idle, peak }: Measured): number => peak - idle;
  const middle = measured.toSorted((a, b) => above(a) - above(b))[runs >> 1];
  if (middle === undefined) throw new Error('Nothing was measured.');
  return middle;
}

it.each(['store', 'grid'] as const)('memory of main above idle, %s', async (mode) => {
  const few = await median(fewRows, mode);
  const tenth = await median(rows / 10, mode);
  const many = await median(rows, mode);
  expect(many.read).toBe(rows);
  const columns = ({ idle, peak, held }: Measured): Record<string, string> => ({
    'idle (MB)': (idle / megabyte).toFixed(1),
    'peak above idle (MB)': ((peak - idle) / megabyte).toFixed(1),
    'in use after collection (MB)': (held / megabyte).toFixed(1),
  });
  const ratio = (of: (measured: Measured) => number): string => (of(many) / of(few)).toFixed(2);
  console.table({
    [few.read.toLocaleString('en')]: columns(few),
    [tenth.read.toLocaleString('en')]: columns(tenth),
    [many.read.toLocaleString('en')]: columns(many),
  });
  console.table({
    'whole process at its peak, most to few': ratio(({ peak }) => peak),
    'peak above idle, most to few': ratio(({ idle, peak }) => peak - idle),
    'peak above idle, most to a tenth': (
      (many.peak - many.idle) /
      (tenth.peak - tenth.idle)
    ).toFixed(2),
  });
});
