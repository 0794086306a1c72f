import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import type { TabOptions } from '../../../src/shared/models/tab-options';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { TcpProxy } from '../tcp-proxy';

const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

let database: TestDatabase;
let proxy: TcpProxy;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
let tabId: string;

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  proxy = await TcpProxy.start(inject('postgres'));
  registry = new ConnectionRegistry({ health: new HealthService() });
  service = new DatabaseService(registry);
  const limits = { ...database.settings.limits, maxConnections: 1, acquireTimeoutMs: 2_000 };
  const settings = { ...database.settings, port: proxy.port, limits };
  ({ connectionId } = await registry.open(settings, label));
  tabId = randomUUID();
  return async () => {
    await registry.closeAll();
    await proxy.close();
  };
});

function run(
  text: string,
  options: { options?: TabOptions; answer?: 'run' | 'cancel' } = {},
): Promise<QueryRun> {
  const { answer = 'run', ...rest } = options;
  return service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text, target: { kind: 'all' }, ...rest },
    {
      confirm: () => Promise.resolve({ choice: answer, waive: false }),
      onProgress: () => undefined,
    },
  );
}

/** A result that main keeps, since it is longer than its first page. */
async function keptResult(): Promise<string> {
  const { outcomes } = await run('select n from generate_series(1, 700) as n');
  const [outcome] = outcomes;
  if (outcome?.status !== 'done' || outcome.result.resultId === null) {
    throw new Error(`The statement came to ${JSON.stringify(outcome)}.`);
  }
  const { resultId } = outcome.result;
  await service.readAll(resultId, () => undefined);
  return resultId;
}

async function firstRow(resultId: string): Promise<readonly (string | null)[]> {
  return rowTexts((await service.readRows(resultId, { from: 0, count: 1 })).rows, 0);
}

it('leaves the results of the run before, and ends the script, when there is no session', async () => {
  const resultId = await keptResult();
  const { port } = proxy;
  await proxy.close();
  await expect.poll(() => registry.get(connectionId).pool.stats().total).toBe(0);

  const failed = await run('select 1; select 2', { options: { onError: 'continue' } });
  expect(failed).toMatchObject({
    nothingSent: true,
    notRun: 1,
    outcomes: [{ status: 'failed', error: { kind: 'ConnectionFailed' } }],
  });
  expect(await firstRow(resultId)).toEqual(['1']);

  proxy = await TcpProxy.start(inject('postgres'), 'forward', port);
  const done = await run('select 1');
  expect(done.outcomes).toMatchObject([{ status: 'done' }]);
  expect(done.nothingSent).toBeUndefined();
  expect((await failureOf(firstRow(resultId))).kind).toBe('NotFound');
});

it('leaves them when a person declines, and when the pool is exhausted', async () => {
  const resultId = await keptResult();
  expect(await run('drop schema public', { answer: 'cancel' })).toMatchObject({
    nothingSent: true,
    outcomes: [{ status: 'declined' }],
  });
  expect(await firstRow(resultId)).toEqual(['1']);

  const others = await registry.get(connectionId).pool.acquire({ holder: 'somebody else' });
  const exhausted = await run('select 1');
  expect(exhausted).toMatchObject({
    nothingSent: true,
    outcomes: [
      {
        error: { kind: 'PoolExhausted', detail: expect.stringMatching(/somebody else, for \d+ s/) },
      },
    ],
  });
  expect(await firstRow(resultId)).toEqual(['1']);
  others.release();
});

it.each(['copy pg_class to stdout', 'copy (values (1)) to stdout with (format csv)'])(
  'leaves them when a script would send a file: %s',
  async (copy) => {
    const resultId = await keptResult();
    const failure = await failureOf(run(`create table unmade (n int); ${copy}`));
    expect(failure.data).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('nothing was sent'),
      advice: expect.stringContaining('Export Result…'),
      position: 29,
    });
    expect(await firstRow(resultId)).toEqual(['1']);
    expect((await run('table unmade')).outcomes).toMatchObject([{ status: 'failed' }]);
  },
);

it('frees them once a statement was sent, whatever became of it', async () => {
  const resultId = await keptResult();
  const { outcomes, nothingSent } = await run('select no_such_column');
  expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '42703' } }]);
  expect(nothingSent).toBeUndefined();
  expect((await failureOf(firstRow(resultId))).kind).toBe('NotFound');
});

it('does not wait for a page of them that fills slowly', async () => {
  const { outcomes } = await run(
    `select repeat('-', 1000), case when n > 600 then pg_sleep(60) end
       from generate_series(1, 5000) as n`,
  );
  const [outcome] = outcomes;
  const resultId = outcome?.status === 'done' ? outcome.result.resultId : null;
  if (resultId === null) throw new Error('The result is not kept.');
  const reading = service.readAll(resultId, () => undefined);
  expect((await run('select 1')).outcomes).toMatchObject([{ status: 'done' }]);
  expect(await reading).toMatchObject({ hasMore: false, commandTag: null });
});

it('says that a COMMIT came too late when the transaction was lost', async () => {
  await run('begin');
  await database.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [database.name],
  );
  await expect.poll(() => registry.get(connectionId).tab(tabId).transaction).toBe('idle');
  const { outcomes } = await run('commit');
  // What the window takes for a commit that committed nothing.
  expect(outcomes).toMatchObject([
    {
      status: 'done',
      result: {
        notices: [{ message: expect.stringContaining('was rolled back') }, { sqlState: '25P01' }],
      },
    },
  ]);
});
