import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../integration/database';

/** Rows of the large result; BENCH_ROWS makes them fewer. */
const rows = Number(process.env['BENCH_ROWS'] ?? 10_000_000);
const fewRows = 10_000;
const megabyte = 1024 * 1024;

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

it.each(['store', 'grid'] as const)('peak memory above idle, %s', async (mode) => {
  const few = await measure(fewRows, mode);
  const quarter = await measure(rows / 4, mode);
  const many = await measure(rows, mode);
  expect(many.read).toBe(rows);
  const above = ({ idle, peak }: Measured): number => (peak - idle) / megabyte;
  const line = (measured: Measured): string => `${measured.read.toLocaleString('en')} rows`;
  console.table({
    'idle (MB)': (few.idle / megabyte).toFixed(1),
    [`${line(few)} (MB above idle)`]: above(few).toFixed(1),
    [`${line(quarter)} (MB above idle)`]: above(quarter).toFixed(1),
    [`${line(many)} (MB above idle)`]: above(many).toFixed(1),
    'whole process, most to few, ratio': (many.peak / few.peak).toFixed(2),
    'above idle, most to few, ratio (target ≤ 1.3)': (above(many) / above(few)).toFixed(2),
    'above idle, most to a quarter, ratio': (above(many) / above(quarter)).toFixed(2),
  });
});
