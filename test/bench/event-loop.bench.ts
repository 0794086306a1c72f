import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConnectionRegistry } from '../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../src/main/services/db-service';
import { HealthService } from '../../src/main/services/health-service';
import { QueryHistory } from '../../src/main/services/history/query-history';
import { Examiner } from '../../src/main/services/query/examination/examiner';
import { loadParser } from '../../src/main/sql/parser';
import type { QueryRun } from '../../src/shared/models/query-result';
import { buildThreadFile, type ThreadFile } from '../fixtures/examination-thread';
import { createDatabase, type TestDatabase } from '../integration/database';

/**
 * How long the process that answers the window is kept from it, from the request of a run to its
 * answer, with what messages between processes cost it.
 */

const megabyte = 1024 * 1024;
const runs = 3;

let file: ThreadFile;
let examiner: Examiner;
let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;

beforeAll(async () => {
  await loadParser();
  file = await buildThreadFile();
  examiner = new Examiner({ threadFile: file.path });
  database = await createDatabase();
  registry = new ConnectionRegistry({ health: new HealthService() });
  const history = new QueryHistory({
    log: {
      read: () => Promise.resolve([]),
      put: () => Promise.resolve(),
      replace: () => Promise.resolve(),
    },
    onFailure: (error) => {
      throw error;
    },
  });
  service = new DatabaseService(registry, history, examiner);
  ({ connectionId } = await registry.open(database.settings, {
    profileId: null,
    origin: 'environment',
    name: 'bench',
    color: 'gray',
    environment: 'local',
  }));
  await database.query('CREATE UNLOGGED TABLE item (a int, b text, c numeric, d timestamptz)');
});
afterAll(async () => {
  await registry.closeAll();
  await examiner.close();
  await database.drop();
  await file.remove();
});

/** The longest that the event loop was kept, in milliseconds; the monitor looks once in one. */
async function longestBlock(work: () => Promise<void>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  // A first look, to which the work is compared.
  await delay(20);
  monitor.reset();
  await work();
  await delay(20);
  monitor.disable();
  return monitor.max / 1e6;
}

async function run(text: string): Promise<QueryRun> {
  const request = { tabId: randomUUID(), executionId: randomUUID(), text };
  const answer = await service.executeQuery(
    connectionId,
    { ...request, text: received(text), target: { kind: 'all' } },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: () => undefined,
    },
  );
  // What the process pays to send it; the window pays for reading it.
  serialize(answer);
  return answer;
}

/** A text as it comes out of a message. */
function received(text: string): string {
  const copy: unknown = deserialize(serialize(text));
  if (typeof copy !== 'string') throw new Error('A text did not come back as one.');
  return copy;
}

/** Lines by number until they come to so many bytes. */
function lines(bytes: number, line: (index: number) => string): string[] {
  const made: string[] = [];
  for (let length = 0; length < bytes; length += (made.at(-1)?.length ?? 0) + 1) {
    made.push(line(made.length));
  }
  return made;
}

const words = 'of some words that stand for what a person would write into a note of this length';
const texts: Record<string, () => string> = {
  'one short statement': () => 'SELECT 1',
  'script of 5 MB, one INSERT a line': () =>
    lines(
      5 * megabyte,
      (n) =>
        `INSERT INTO item (a, b, c, d) VALUES (${n}, 'item ${n} ${words}; ${words}', 12.34, now());`,
    ).join('\n'),
  'one INSERT of 4 MB': () =>
    `INSERT INTO item (a, b, c, d) VALUES ${lines(
      4 * megabyte,
      (n) => `(${n}, 'item number ${n} with some words', ${n % 100}.50, now())`,
    ).join(',\n')}`,
  'one INSERT of 4 MB with $ and : in it': () =>
    `INSERT INTO item (a, b, c, d) VALUES ${lines(
      4 * megabyte,
      (n) => `(${n}, 'item: number $${n} with some words', ${n % 100}.50, now()::timestamptz)`,
    ).join(',\n')}`,
  'one COPY of 5 MB': () =>
    `COPY item (a, b) FROM STDIN;\n${lines(5 * megabyte, (n) => `${n}\titem number ${n} ${words}`).join('\n')}\n\\.\n`,
};

it('the longest block of the event loop during a run', async () => {
  const idle = await longestBlock(() => delay(2_000));
  const table: Record<string, Record<string, string>> = { idle: { ms: idle.toFixed(1) } };
  for (const [name, text] of Object.entries(texts)) {
    const blocks: number[] = [];
    const durations: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      // A text of its own each time: nothing is known of it.
      const own = `${text()}\n-- ${turn}`;
      const start = performance.now();
      blocks.push(
        await longestBlock(async () => {
          const { outcomes } = await run(own);
          expect(outcomes.every(({ status }) => status === 'done')).toBe(true);
        }),
      );
      durations.push(performance.now() - start);
    }
    const sorted = blocks.toSorted((a, b) => a - b);
    table[name] = {
      'median of the longest block (ms)': (sorted[runs >> 1] ?? 0).toFixed(1),
      'worst (ms)': (sorted.at(-1) ?? 0).toFixed(1),
      'to idle': ((sorted[runs >> 1] ?? 0) / idle).toFixed(1),
      'whole run (ms)': (durations.toSorted((a, b) => a - b)[runs >> 1] ?? 0).toFixed(0),
    };
  }
  console.table(table);
});
