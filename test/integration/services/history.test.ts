import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import type { HistoryLog } from '../../../src/main/services/history/history-log';
import { QueryHistory } from '../../../src/main/services/history/query-history';
import { loadParser } from '../../../src/main/sql/parser';
import type { HistoryEntry } from '../../../src/shared/models/query-history';
import type { QueryRun, RunTarget } from '../../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../database';
import { openConnection } from './open-connection';

/** The tests look at the history itself: nothing has to outlive it. */
const forgetful: HistoryLog = {
  read: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  replace: () => Promise.resolve(),
};

describe('the history of what is run', () => {
  let database: TestDatabase;
  let registry: ConnectionRegistry;
  let service: DatabaseService;
  let history: QueryHistory;
  let connectionId: string;
  let answer: 'run' | 'cancel';

  beforeAll(async () => {
    await loadParser();
    database = await createDatabase();
    ({ registry, connectionId } = await openConnection(database.settings));
  });
  afterAll(async () => {
    await registry.closeAll();
    await database.drop();
  });
  beforeEach(() => {
    answer = 'run';
    history = new QueryHistory({
      log: forgetful,
      onFailure: (error) => {
        throw error;
      },
    });
    service = new DatabaseService(registry, history);
  });

  const run = (
    text: string,
    target: RunTarget = { kind: 'all' },
    executionId = randomUUID(),
    onProgress = (): void => undefined,
  ): Promise<QueryRun> =>
    service.executeQuery(
      connectionId,
      { tabId: randomUUID(), executionId, text, target },
      { confirm: () => Promise.resolve({ choice: answer, waive: false }), onProgress },
    );
  const entries = async (): Promise<readonly HistoryEntry[]> => {
    const query = { workspace: 'environment:test', text: '', onlyFailed: false, offset: 0 };
    return (await history.list(query)).entries;
  };

  it('has what was sent, where, and how many rows came', async () => {
    await run('select generate_series(1, 3); select 2');
    expect(await entries()).toMatchObject([
      {
        connection: 'test',
        text: 'select generate_series(1, 3); select 2',
        statements: 2,
        end: { outcome: 'done', rows: 1, error: null },
      },
    ]);
  });

  it('has the statement that ran, not the whole text', async () => {
    await run('select 1;\n\nselect 2;\n', { kind: 'statement-at', offset: 13 });
    expect((await entries()).map(({ text }) => text)).toEqual(['select 2']);
  });

  it('has the message of an error', async () => {
    await run('select 1/0');
    expect(await entries()).toMatchObject([
      { end: { outcome: 'failed', rows: null, error: 'division by zero' } },
    ]);
  });

  it('tells a cancelled run from a failed one', async () => {
    const executionId = randomUUID();
    const sleeping = run('select 1; select pg_sleep(60)', { kind: 'all' }, executionId, () => {
      void service.cancelQuery(executionId);
    });
    await sleeping;
    expect(await entries()).toMatchObject([{ end: { outcome: 'cancelled', error: null } }]);
  });

  it('has nothing of what was declined, refused by the server unsent, or no statement at all', async () => {
    answer = 'cancel';
    await run('drop schema public');
    await run('selec 1');
    await run('   ').catch(() => undefined);
    expect(await entries()).toEqual([]);
  });

  it('has no value of a parameter, also where an error repeats it', async () => {
    const typed = "it's $& secret";
    const { outcomes } = await service.executeQuery(
      connectionId,
      {
        tabId: randomUUID(),
        executionId: randomUUID(),
        text: 'select (:code::text)::int, :short::text',
        target: { kind: 'all' },
        parameters: { ':code': typed, ':short': 'in' },
      },
      { confirm: () => Promise.reject(new Error('asked')), onProgress: () => undefined },
    );
    expect(outcomes).toMatchObject([{ error: { message: expect.stringContaining(typed) } }]);
    const [entry] = await entries();
    expect(entry?.end?.error).toBe('invalid input syntax for type integer: "…"');
  });

  it('has nothing with a password in it', async () => {
    await run("select 'password=secret'");
    expect(await entries()).toEqual([]);
  });
});
