import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CatalogService } from '../../../src/main/services/catalog-service';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import { SearchService } from '../../../src/main/services/search/search-service';
import { watchCatalogChanges } from '../../../src/renderer/app/catalog-watch';
import { useConnections } from '../../../src/renderer/features/connections/connections-store';
import {
  beginningRun,
  leaveRun,
  takeOverRun,
} from '../../../src/renderer/features/query/run/current-run';
import { tabRun, updateRun } from '../../../src/renderer/features/query/run/run-store';
import { tabList } from '../../../src/renderer/features/query/tabs/tab-list';
import { setWorkspace } from '../../../src/renderer/features/query/tabs/workspace-state';
import { catalogOf } from '../../../src/renderer/features/schema-browser/catalog-store';
import { load } from '../../../src/renderer/features/schema-browser/catalog-load';
import { refreshCatalog } from '../../../src/renderer/features/schema-browser/refresh-catalog';
import { workspaceKey } from '../../../src/shared/models/workspace';
import { createDatabase, type TestDatabase } from '../database';

/*
 * From a statement that a tab has run, with the tags that the server gave, to what the tree shows and
 * the search finds: the stores of the page and the services of main, joined as the bridge joins them.
 */

const registry = new ConnectionRegistry({ health: new HealthService() });
const database = new DatabaseService(registry);
const catalog = new CatalogService(registry);
const search = new SearchService(registry);
const tabId = randomUUID();
let server: TestDatabase;
let connectionId: string;
let stopWatching: () => void;

interface Request {
  readonly connectionId: string;
  readonly schema: string;
  readonly schemas: readonly string[];
  readonly table: string;
}

const answers: Readonly<Record<string, (request: Request) => Promise<unknown>>> = {
  'catalog:list-databases': ({ connectionId: id }) => database.listDatabases(id),
  'catalog:list-schemas': ({ connectionId: id }) => database.listSchemas(id),
  'catalog:list-tables': ({ connectionId: id, schema }) => database.listTables(id, schema),
  'catalog:list-tables-of-schemas': ({ connectionId: id, schemas }) =>
    database.listTablesOf(id, schemas),
  'catalog:get-table-info': ({ connectionId: id, schema, table }) =>
    database.getTableInfo(id, schema, table),
  'catalog:get-table-attachments': ({ connectionId: id, schema, table }) =>
    catalog.getTableAttachments(id, schema, table),
  'search:refresh': ({ connectionId: id }) => search.refresh(id),
};
/** How often the catalog began to be read again. */
let refreshes = 0;

vi.stubGlobal('window', {
  postern: {
    on: () => () => undefined,
    async invoke(channel: string, request: Request) {
      if (channel === 'catalog:list-schemas') refreshes += 1;
      const answer = answers[channel];
      if (answer === undefined) throw new Error(`Nobody answers ${channel}.`);
      return { ok: true, value: await answer(request) };
    },
  },
});

beforeAll(async () => {
  server = await createDatabase();
  await server.query('CREATE SCHEMA shop; CREATE TABLE shop.old_name (id int)');
  const connection = await registry.open(server.settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'local',
  });
  ({ connectionId } = connection);
  useConnections.setState({ connections: [connection] });
  const tab = { id: tabId, title: 'Query 1', text: '', cursor: 0 };
  const list = tabList([tab], tabId);
  setWorkspace(workspaceKey(connection), { status: 'ready', list, saveError: null });
  await load(connectionId, { kind: 'schemas' });
  await load(connectionId, { kind: 'tables', schema: 'shop' });
  await load(connectionId, { kind: 'table-info', schema: 'shop', table: 'old_name' });
  await found('name');
  stopWatching = watchCatalogChanges();
});
afterAll(async () => {
  stopWatching();
  await registry.closeAll();
  await server.drop();
});
beforeEach(async () => {
  // What the test before has set off ends before it.
  await refreshCatalog(connectionId);
  refreshes = 0;
});

/** Runs a text in the tab, as a press on Run would, up to what the tab then knows of it. */
async function run(text: string): Promise<void> {
  const running = beginningRun(connectionId);
  updateRun(tabId, { running, connectionId });
  const { executionId } = running;
  const result = await database.executeQuery(
    connectionId,
    { tabId, executionId, text, target: { kind: 'all' } },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: () => undefined,
    },
  );
  takeOverRun(tabId, running, result, text, {});
  leaveRun(tabId, running);
  expect(tabRun(tabId).running).toBeNull();
}

const patience = { timeout: 20_000 };
const listed = (): readonly string[] | undefined =>
  catalogOf(connectionId).tables['shop']?.value?.map(({ name }) => name);

/** The names of relations and columns that the search finds. */
async function found(text: string): Promise<string[]> {
  const answer = await search.search(connectionId, { text, group: null, recent: [] });
  return answer.hits.filter(({ schema }) => schema === 'shop').map(({ name }) => name);
}

const refreshed = (tables: readonly string[], names: readonly string[]): Promise<void> =>
  vi.waitFor(async () => {
    expect(listed()).toEqual(tables);
    expect(await found('name')).toEqual(names);
  }, patience);

describe('a tab that changes the catalog', () => {
  it('has a renamed table told at once, and its columns under the new name alone', async () => {
    await run('ALTER TABLE shop.old_name RENAME TO new_name');
    await refreshed(['new_name'], ['new_name']);
    await vi.waitFor(() => expect(catalogOf(connectionId).tableInfos).toEqual({}), patience);
  });

  it('has a change in a transaction told after its COMMIT', async () => {
    await run('BEGIN; CREATE TABLE shop.name_of_two (id int)');
    expect(refreshes).toBe(0);
    expect(listed()).toEqual(['new_name']);
    await run('SELECT 1');
    expect(refreshes).toBe(0);
    await run('COMMIT');
    await refreshed(['name_of_two', 'new_name'], ['name_of_two', 'new_name']);
  });

  it('shows what there was before where a change was rolled back, also to a savepoint', async () => {
    await run('BEGIN; SAVEPOINT s; DROP TABLE shop.new_name');
    await run('ROLLBACK TO s; ALTER TABLE shop.name_of_two RENAME TO name_of_none');
    expect(refreshes).toBe(0);
    await run('ROLLBACK');
    expect(refreshes).toBe(1);
    await refreshed(['name_of_two', 'new_name'], ['name_of_two', 'new_name']);
  });

  it('shows what there was before where a statement failed after the change', async () => {
    await run('BEGIN; DROP TABLE shop.new_name; SELECT 1/0');
    expect(refreshes).toBe(0);
    await run('ROLLBACK');
    await refreshed(['name_of_two', 'new_name'], ['name_of_two', 'new_name']);
  });

  it('has nothing read again for a change of rows', async () => {
    await run('INSERT INTO shop.new_name VALUES (1)');
    await run('BEGIN; DELETE FROM shop.new_name WHERE id = 1; COMMIT');
    expect(refreshes).toBe(0);
  });

  it('has a dropped schema leave the tree and the search', async () => {
    await run('DROP SCHEMA shop CASCADE');
    await vi.waitFor(async () => {
      expect(Object.keys(catalogOf(connectionId).tables)).toEqual([]);
      expect(await found('name')).toEqual([]);
    }, patience);
  });
});
