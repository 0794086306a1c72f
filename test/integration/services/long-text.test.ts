import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { Examiner } from '../../../src/main/services/query/examination/examiner';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { buildThreadFile, type ThreadFile } from '../../fixtures/examination-thread';
import { createDatabase, type TestDatabase } from '../database';
import { openConnection } from './open-connection';

let file: ThreadFile;
let examiner: Examiner;
let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
const tabId = randomUUID();

beforeAll(async () => {
  file = await buildThreadFile();
  examiner = new Examiner({ threadFile: file.path });
  database = await createDatabase();
  ({ registry, connectionId } = await openConnection(database.settings));
  service = new DatabaseService(registry, null, examiner);
  await database.query('CREATE TABLE item (id int, name text)');
});
afterAll(async () => {
  await registry.closeAll();
  await examiner.close();
  await database.drop();
  await file.remove();
});

const asked: string[] = [];
const run = (text: string, executionId: string = randomUUID()): Promise<QueryRun> =>
  service.executeQuery(
    connectionId,
    { tabId, executionId, text, target: { kind: 'all' } },
    {
      confirm: ({ statements }) => {
        asked.push(...statements.map(({ kind }) => kind));
        return Promise.resolve({ choice: 'run', waive: false });
      },
      onProgress: () => undefined,
    },
  );
const count = async (): Promise<unknown> =>
  (await database.query('SELECT count(*) FROM item')).rows[0]?.['count'];

/** Some 6 MB, so that it cannot be examined before a cancel arrives. */
const longInsert = `INSERT INTO item VALUES ${Array.from(
  { length: 150_000 },
  (_, id) => `(${id}, 'name ' || '${id} with more words')`,
).join(',\n')}`;

it('a run that is cancelled while its text is examined sends nothing, and the next one runs', async () => {
  const executionId = randomUUID();
  const running = run(longInsert, executionId);
  await service.cancelQuery(executionId);
  expect(await running).toMatchObject({
    outcomes: [{ status: 'failed', error: { kind: 'Cancelled' } }],
    nothingSent: true,
    transaction: 'idle',
  });
  expect(await count()).toBe('0');
  const { outcomes } = await run('SELECT 1');
  expect(outcomes[0]?.status).toBe('done');
});

it('a long text runs as a short one does, its rows of a COPY and its questions included', async () => {
  const rows = Array.from({ length: 5_000 }, (_, id) => `${id}\tname of ${id}\n`).join('');
  const text = `COPY item (id, name) FROM STDIN;\n${rows}\\.\nDELETE FROM item;\n${longInsert};`;
  const { outcomes } = await run(text);
  expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(asked).toEqual(['delete']);
  expect(await count()).toBe('150000');
});
