import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import type { Confirm } from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
const registry = new ConnectionRegistry({ health: new HealthService() });
const service = new DatabaseService(registry);

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  await database.query('CREATE TABLE t (n int)');
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});

/** How often a person is asked about the statement. */
async function questionsAbout(text: string, confirmEverything: boolean): Promise<number> {
  const { connectionId } = await registry.open(database.settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'local',
    confirmEverything,
  });
  const confirm = vi.fn<Confirm>(() => Promise.resolve({ choice: 'cancel', waive: false }));
  await service.executeQuery(
    connectionId,
    { tabId: randomUUID(), executionId: randomUUID(), text, target: { kind: 'all' } },
    { confirm, onProgress: () => undefined },
  );
  await registry.close(connectionId);
  return confirm.mock.calls.length;
}

it('asks about each change, and about nothing that only reads', async () => {
  expect(await questionsAbout('INSERT INTO t VALUES (1)', true)).toBe(1);
  expect(await questionsAbout('SELECT * FROM t', true)).toBe(0);
  expect((await database.query('SELECT * FROM t')).rowCount).toBe(0);
});

it('runs a harmless change unasked where nobody wants to be asked', async () => {
  expect(await questionsAbout('INSERT INTO t VALUES (1)', false)).toBe(0);
});
