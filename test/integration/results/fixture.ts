import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { ResultStore } from '../../../src/main/services/query/results/result-store';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryResult, QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts, type RowBatch } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';

export const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

/** A service whose results may have so many bytes of memory, with a folder of its own for the rest. */
export interface ResultFixture {
  readonly database: TestDatabase;
  readonly service: DatabaseService;
  readonly store: ResultStore;
  readonly folder: string;
  readonly connectionId: string;
  /** Runs a text in a tab and gives the whole run. */
  run(text: string, tabId?: string): Promise<QueryRun>;
  /** Runs one statement and gives its result. */
  only(text: string, tabId?: string): Promise<QueryResult>;
  /** The names of the files in the folder; none when there is no folder. */
  files(): Promise<string[]>;
  /** Everything that the files hold. */
  fileBytes(): Promise<Buffer>;
  close(): Promise<void>;
}

export async function openFixture(budget: number): Promise<ResultFixture> {
  await loadParser();
  const database = await createDatabase();
  const parent = await mkdtemp(join(tmpdir(), 'postern-results-test-'));
  const folder = join(parent, 'results');
  const store = new ResultStore({ folder, budget });
  const registry = new ConnectionRegistry({ health: new HealthService(), results: store });
  const service = new DatabaseService(registry);
  const { connectionId } = await registry.open(database.settings, label);
  const defaultTab: string = randomUUID();
  const files = (): Promise<string[]> =>
    readdir(folder).catch((error: NodeJS.ErrnoException) => {
      // The folder is made with the first file.
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  const run = (text: string, tabId = defaultTab): Promise<QueryRun> =>
    service.executeQuery(
      connectionId,
      { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
      {
        confirm: () => Promise.reject(new Error('Nothing here is risky.')),
        onProgress: () => undefined,
      },
    );
  return {
    database,
    service,
    store,
    folder,
    connectionId,
    run,
    async only(text, tabId) {
      const { outcomes } = await run(text, tabId);
      const [outcome] = outcomes;
      if (outcome?.status !== 'done')
        throw new Error(`The statement is ${JSON.stringify(outcome)}.`);
      return outcome.result;
    },
    files,
    async fileBytes() {
      return Buffer.concat(
        await Promise.all((await files()).map((name) => readFile(join(folder, name)))),
      );
    },
    async close() {
      await registry.closeAll();
      await store.clear();
      await database.drop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

export const textsOf = (rows: RowBatch): (string | null)[][] =>
  Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));

/** The id of a result that main keeps. */
export function idOf({ resultId }: QueryResult): string {
  if (resultId === null) throw new Error('The result is not kept.');
  return resultId;
}

/** Rows by number, of as many answers as it takes. */
export async function readRange(
  service: DatabaseService,
  resultId: string,
  from: number,
  to: number,
): Promise<(string | null)[][]> {
  const texts: (string | null)[][] = [];
  while (texts.length < to - from) {
    const range = { from: from + texts.length, count: to - from - texts.length };
    const { rows } = await service.readRows(resultId, range);
    if (rows.rowCount === 0) return texts;
    texts.push(...textsOf(rows));
  }
  return texts;
}
