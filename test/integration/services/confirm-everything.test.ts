import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import type {
  Confirm,
  ConfirmationRequest,
} from '../../../src/main/services/query/confirmation/confirmation';
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

/** What a person is asked about the statements, who says no. */
async function questionsAbout(
  text: string,
  confirmEverything: boolean,
): Promise<readonly ConfirmationRequest[]> {
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
  return confirm.mock.calls.map(([request]) => request);
}

it('asks about each change, and about nothing that only reads', async () => {
  expect(await questionsAbout('INSERT INTO t VALUES (1)', true)).toHaveLength(1);
  expect(await questionsAbout('SELECT * FROM t', true)).toHaveLength(0);
  expect((await database.query('SELECT * FROM t')).rowCount).toBe(0);
});

it('runs a harmless change unasked where nobody wants to be asked', async () => {
  expect(await questionsAbout('INSERT INTO t VALUES (1)', false)).toHaveLength(0);
});

it('tells of what destroys data first, and looks at it, however many other changes come before it', async () => {
  const script = [...Array.from({ length: 20 }, () => 'INSERT INTO t VALUES (1)'), 'DROP TABLE t'];
  const [request] = await questionsAbout(script.join(';'), true);
  expect(request?.statements).toHaveLength(21);
  expect(request?.statements[0]).toMatchObject({
    text: 'DROP TABLE t',
    impacts: [{ action: 'drop', targets: [{ name: 'public.t' }] }],
  });
});
