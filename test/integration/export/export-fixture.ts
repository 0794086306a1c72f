import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { ExportService } from '../../../src/main/services/export/export-service';
import { HealthService } from '../../../src/main/services/health-service';
import { TableDataService } from '../../../src/main/services/table-data/table-data-service';
import { loadParser } from '../../../src/main/sql/parser';
import { OutputFile } from '../../../src/main/storage/output-file';
import { UnfinishedFiles } from '../../../src/main/storage/unfinished-files';
import {
  exportOptionsSchema,
  type ExportOptions,
  type ExportProgress,
  type ExportSource,
  type ExportSummary,
} from '../../../src/shared/models/export';
import type { QueryResult } from '../../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../database';

interface GivenOptions {
  readonly format: ExportOptions['format'];
  readonly [option: string]: unknown;
}

/** A database, an open connection to it, and a folder to export into. */
export interface ExportFixture {
  readonly database: TestDatabase;
  readonly service: ExportService;
  readonly queries: DatabaseService;
  readonly registry: ConnectionRegistry;
  readonly connectionId: string;
  readonly folder: string;
  /** What was reported of all exports so far. */
  readonly progress: ExportProgress[];
  /** Runs an export to a file of the folder, under `exportId` where it is to be cancelled. */
  write(
    name: string,
    options: GivenOptions,
    source: ExportSource,
    exportId?: string,
  ): Promise<ExportSummary>;
  statement(statement: string, tabId?: string): ExportSource;
  /** Runs one statement in a tab. Raises when it failed. */
  run(tabId: string, text: string): Promise<QueryResult>;
  read(name: string): Promise<string>;
  files(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openExportFixture(
  change: Partial<ConnectionSettings> = {},
): Promise<ExportFixture> {
  await loadParser();
  const database = await createDatabase();
  const registry = new ConnectionRegistry({ health: new HealthService() });
  const queries = new DatabaseService(registry);
  const progress: ExportProgress[] = [];
  const notes = await mkdtemp(join(tmpdir(), 'postern-notes-'));
  const unfinished = new UnfinishedFiles(notes);
  const service = new ExportService({
    connections: registry,
    results: queries,
    selections: new TableDataService(registry),
    createFile: (path) => OutputFile.create(path, unfinished),
    onProgress: (report) => progress.push(report),
  });
  const { connectionId } = await registry.open(
    { ...database.settings, ...change },
    {
      profileId: null,
      origin: 'environment',
      name: 'test',
      color: 'gray',
      environment: 'local',
    },
  );
  const folder = await mkdtemp(join(tmpdir(), 'postern-export-'));
  // The server, which may be another user of the system, reads the files back.
  await chmod(folder, 0o755);

  return {
    database,
    service,
    queries,
    registry,
    connectionId,
    folder,
    progress,
    write(name, options, source, exportId = randomUUID()) {
      const { fileId } = service.files.add(join(folder, name));
      return service.start({
        exportId,
        fileId,
        options: exportOptionsSchema.parse(options),
        source,
      });
    },
    statement: (statement, tabId = randomUUID()) => ({
      kind: 'statement',
      connectionId,
      tabId,
      statement,
    }),
    async run(tabId, text) {
      const { outcomes } = await queries.executeQuery(
        connectionId,
        { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
        { confirm: () => Promise.reject(new Error('asked')), onProgress: () => undefined },
      );
      const outcome = outcomes.at(-1);
      if (outcome?.status !== 'done') throw new Error(JSON.stringify(outcome));
      return outcome.result;
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
    files: () => readdir(folder),
    async close() {
      await registry.closeAll();
      await database.drop();
      await Promise.all([folder, notes].map((path) => rm(path, { recursive: true })));
    },
  };
}
