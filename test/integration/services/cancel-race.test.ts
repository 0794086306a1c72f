import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { createDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { sleepingSessions } from '../sleeping';

/** CancelRequest, 80877102 (PostgreSQL manual, "Message Formats"). */
const cancelRequestCode = Buffer.from([4, 210, 22, 46]);

// A request to cancel names a session, not a statement: one that is late would meet the next one.
it('a request to cancel that is late does not stop the statement after', async () => {
  await loadParser();
  const database = await createDatabase();
  const { host, port } = database.settings;
  const proxy = await TcpProxy.start({ host, port });
  const registry = new ConnectionRegistry({ health: new HealthService() });
  const service = new DatabaseService(registry);
  const { connectionId } = await registry.open(
    { ...database.settings, port: proxy.port },
    { profileId: null, origin: 'environment', name: 'test', color: 'gray', environment: 'local' },
  );
  const tabId = randomUUID();
  const run = (text: string, executionId: string = randomUUID()): Promise<QueryRun> =>
    service.executeQuery(
      connectionId,
      { tabId, executionId, text, target: { kind: 'all' } },
      {
        confirm: () => Promise.resolve({ choice: 'run', waive: false }),
        onProgress: () => undefined,
      },
    );
  // In a transaction both run in the same session.
  await run('begin');
  const executionId = randomUUID();
  const first = run('select pg_sleep(0.3)', executionId);
  await expect.poll(() => sleepingSessions(database)).toBe(1);
  proxy.delayMs = 700;
  const cancelling = service.cancelQuery(executionId);
  await expect.poll(() => proxy.sent.some((chunk) => chunk.includes(cancelRequestCode))).toBe(true);
  proxy.delayMs = 0;
  expect((await first).outcomes).toMatchObject([{ status: 'done' }]);
  const second = await run('select pg_sleep(0.8)');
  expect(second.outcomes).toMatchObject([{ status: 'done' }]);
  await cancelling;
  await registry.closeAll();
  await proxy.close();
  await database.drop();
});
