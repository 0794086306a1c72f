import { randomUUID } from 'node:crypto';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { HealthService } from '../../../src/main/services/health-service';
import { TableDataService } from '../../../src/main/services/table-data/table-data-service';
import { loadParser } from '../../../src/main/sql/parser';
import { rowTexts } from '../../../src/shared/models/row-batch';
import type { DataPage, RowCursor, RowSelection } from '../../../src/shared/models/table-data';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { createDatabase, type TestDatabase } from '../database';

const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

/** A service with a database of its own. */
export interface TableFixture {
  readonly database: TestDatabase;
  readonly registry: ConnectionRegistry;
  readonly tables: TableDataService;
  readonly connectionId: string;
  open(settings: ConnectionSettings): Promise<string>;
  close(): Promise<void>;
}

export async function openTables(): Promise<TableFixture> {
  await loadParser();
  const database = await createDatabase();
  const registry = new ConnectionRegistry({ health: new HealthService() });
  const open = async (settings: ConnectionSettings): Promise<string> =>
    (await registry.open(settings, label)).connectionId;
  return {
    database,
    registry,
    tables: new TableDataService(registry),
    connectionId: await open(database.settings),
    open,
    async close() {
      await registry.closeAll();
      await database.drop();
    },
  };
}

/** All rows of a relation of the schema public, in its own order. */
export function selectionOf(name: string, change: Partial<RowSelection> = {}): RowSelection {
  return { relation: { schema: 'public', name }, filters: [], where: '', sort: [], ...change };
}

export const textsOf = ({ rows }: Pick<DataPage, 'rows'>): (string | null)[][] =>
  Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));

/** The place of a page's first or last row. */
export function cursorOf(page: DataPage, end: 'first' | 'last'): RowCursor {
  const row = textsOf(page).at(end === 'first' ? 0 : -1) ?? [];
  return page.cursorColumns.map((column) => row[column] ?? null);
}

/** Reads one page; `connectionId` and the rest have the fixture's values. */
export function readPage(
  { tables, connectionId }: Pick<TableFixture, 'tables' | 'connectionId'>,
  selection: RowSelection,
  page: {
    direction?: 'forward' | 'backward';
    from?: RowCursor | null;
    maxRows?: number;
    tabId?: string;
    readId?: string;
  } = {},
): Promise<DataPage> {
  const { direction = 'forward', from = null, maxRows = 100 } = page;
  const { tabId = randomUUID(), readId = randomUUID() } = page;
  const request = { readId, tabId, selection, page: { direction, from, maxRows } };
  return tables.readPage(connectionId, request);
}

/** Reads all rows by pages of `maxRows`, from the start or from the end, in the selection's order. */
export async function readAll(
  fixture: Pick<TableFixture, 'tables' | 'connectionId'>,
  selection: RowSelection,
  direction: 'forward' | 'backward',
  maxRows: number,
): Promise<(string | null)[][]> {
  let all: (string | null)[][] = [];
  let from: RowCursor | null = null;
  for (;;) {
    const page: DataPage = await readPage(fixture, selection, { direction, from, maxRows });
    const texts = textsOf(page);
    all = direction === 'forward' ? [...all, ...texts] : [...texts, ...all];
    if (!page.hasMore || texts.length === 0) return all;
    from = cursorOf(page, direction === 'forward' ? 'last' : 'first');
  }
}
