import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionRegistry } from '../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../src/main/services/db-service';
import { HealthService } from '../../src/main/services/health-service';
import { ResultStore } from '../../src/main/services/query/results/result-store';
import { loadParser } from '../../src/main/sql/parser';

/** What memory.bench.ts asks of this program. */
interface Task {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly count: number;
  /** `store`: read to the end in main. `grid`: every row asked for, as the window does. */
  readonly mode: 'grid' | 'store';
}

const task = JSON.parse(process.env['READ_TO_END'] ?? '') as Task;
const text = (count: number): string =>
  `select n, n * 7 as a, 'row ' || n as b, md5(n::text) as c from generate_series(1, ${count}) as n`;

await loadParser();
const store = new ResultStore();
const registry = new ConnectionRegistry({ health: new HealthService(), results: store });
const service = new DatabaseService(registry);
const { connectionId } = await registry.open(
  {
    host: task.host,
    port: task.port,
    database: task.database,
    user: task.user,
    password: () => Promise.resolve(task.password),
    ssl: { mode: 'disable' },
    applicationName: 'postern-bench',
    readOnly: false,
    statementTimeoutMs: 0,
    limits: {
      maxConnections: 5,
      minConnections: 0,
      acquireTimeoutMs: 5_000,
      idleTimeoutMs: 10_000,
      maxLifetimeMs: 0,
    },
  },
  { profileId: null, origin: 'environment', name: 'bench', color: 'gray', environment: 'local' },
);

async function readToEnd(count: number): Promise<number> {
  const tabId = randomUUID();
  const { outcomes } = await service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text: text(count), target: { kind: 'all' } },
    { confirm: () => Promise.reject(new Error('not risky')), onProgress: () => undefined },
  );
  const [outcome] = outcomes;
  if (outcome?.status !== 'done') throw new Error(JSON.stringify(outcome));
  const { resultId, rows, readRows } = outcome.result;
  let read = rows.rowCount;
  if (resultId === null) read = readRows;
  else if (task.mode === 'store') {
    read = (await service.readAll(resultId, () => undefined)).readRows;
  } else {
    while (read < count) {
      const page = await service.readRows(resultId, { from: read, count: 10_000 });
      read += page.rows.rowCount;
    }
  }
  return read;
}

/** Bytes that the program holds on to: what a full collection leaves, and nothing that waits for one. */
async function inUse(): Promise<number> {
  // The memory of buffers is given back beside the program, after the collection that found them.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await delay(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

// Idle is a process that is connected and has read nothing yet.
const inUseIdle = await inUse();
const idle = process.memoryUsage.rss();
let peak = idle;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 5);
const read = await readToEnd(task.count);
clearInterval(sampling);
// The result is still open: its pages are in memory as far as they may be.
const held = (await inUse()) - inUseIdle;
await registry.closeAll();
await store.clear();
process.stdout.write(JSON.stringify({ idle, peak, held, read }));
