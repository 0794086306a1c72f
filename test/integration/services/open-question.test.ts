import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { QueryHistory } from '../../../src/main/services/history/query-history';
import type { Confirm } from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let connectionId: string;
const registry = new ConnectionRegistry({ health: new HealthService() });
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
const service = new DatabaseService(registry, history);

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  await database.query('CREATE TABLE precious (id int)');
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});
beforeEach(async () => {
  ({ connectionId } = await registry.open(database.settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'production',
  }));
});

/** Answers only when the run is over, as a native dialog that is closed then. */
const untilOver: Confirm = (_request, isOver) =>
  new Promise((resolve) => {
    isOver.addEventListener('abort', () => resolve({ choice: 'cancel', waive: false }));
  });

interface Asked {
  readonly tabId: string;
  readonly executionId: string;
  readonly questions: boolean[];
  readonly run: Promise<QueryRun>;
}

/** A run that asks; `questions` grows as questions open and close. */
function ask(confirm: Confirm): Asked {
  const [tabId, executionId] = [randomUUID(), randomUUID()];
  const questions: boolean[] = [];
  const run = service.executeQuery(
    connectionId,
    { tabId, executionId, text: 'INSERT INTO precious VALUES (1)', target: { kind: 'all' } },
    {
      confirm,
      onProgress: () => undefined,
      onQuestion: (isOpen) => questions.push(isOpen),
    },
  );
  return { tabId, executionId, questions, run };
}

const cancelled = {
  outcomes: [{ status: 'failed', error: { kind: 'Cancelled' } }],
  nothingSent: true,
};

describe('an open question', () => {
  it('is told of while it is open, and its time is not that of the run', async () => {
    const { questions, run } = ask(async () => {
      expect(questions).toEqual([true]);
      await delay(1_500);
      return { choice: 'run', waive: false };
    });
    expect(await run).toMatchObject({ outcomes: [{ status: 'done' }] });
    expect(questions).toEqual([true, false]);
    const { entries } = await history.list({
      workspace: null,
      text: '',
      onlyFailed: false,
      offset: 0,
    });
    expect(entries[0]?.end?.durationMs).toBeLessThan(1_500);
  });

  it.each<[string, (asked: Asked) => Promise<void>]>([
    ['the run is cancelled', ({ executionId }) => service.cancelQuery(executionId)],
    ['its tab is closed', ({ tabId }) => service.closeTab(connectionId, tabId)],
    ['its connection is closed', () => registry.close(connectionId)],
  ])('goes away when %s, and nothing is sent', async (_name, act) => {
    const asked = ask(untilOver);
    await vi.waitUntil(() => asked.questions.length === 1);
    await act(asked);
    expect(await asked.run).toMatchObject(cancelled);
    expect(asked.questions).toEqual([true, false]);
  });

  it('that was answered with yes after its tab was closed sends nothing', async () => {
    const { run, tabId } = ask(async () => {
      await service.closeTab(connectionId, tabId);
      return { choice: 'run', waive: false };
    });
    expect(await run).toMatchObject(cancelled);
  });
});
