import type { CallChannel } from '@shared/ipc/channels';
import { beforeEach, expect, it, vi } from 'vitest';
import { load } from '../../../../src/renderer/features/schema-browser/catalog-load';
import {
  catalogOf,
  useCatalogs,
} from '../../../../src/renderer/features/schema-browser/catalog-store';
import { refreshCatalog } from '../../../../src/renderer/features/schema-browser/refresh-catalog';
import { relationKey } from '../../../../src/renderer/features/schema-browser/catalog';
import { schema, table, tableInfo } from './catalog-fixture';

// The preload's bridge exists only in Electron: this stands for it.
const invoke = vi.fn<(channel: CallChannel, request: unknown) => Promise<unknown>>();
vi.stubGlobal('window', { postern: { invoke, on: () => () => undefined } });

/** What the database holds: names of relations by schema. */
let database: Readonly<Record<string, readonly string[]>>;

interface Request {
  readonly schema: string;
  readonly schemas: readonly string[];
  readonly table: string;
}

function answer(channel: CallChannel, request: Request): unknown {
  if (channel === 'catalog:list-schemas') return Object.keys(database).map((name) => schema(name));
  if (channel === 'catalog:list-tables') {
    return database[request.schema]?.map((name) => table(name, { schema: request.schema }));
  }
  if (channel === 'catalog:list-tables-of-schemas') {
    return request.schemas.flatMap((of) =>
      (database[of] ?? []).map((name) => table(name, { schema: of })),
    );
  }
  if (channel !== 'catalog:get-table-info') return [];
  return tableInfo(table(request.table, { schema: request.schema }));
}

beforeEach(() => {
  useCatalogs.setState({ catalogs: {} });
  invoke.mockReset();
  invoke.mockImplementation((channel, request) =>
    Promise.resolve({ ok: true, value: answer(channel, request as never) }),
  );
});

it('reads what is still there, asks for nothing that is gone, and refreshes the search', async () => {
  database = { old: ['a'], shop: ['kept', 'dropped'] };
  for (const name of ['old', 'shop']) {
    await load('one', { kind: 'tables', schema: name });
    await load('one', { kind: 'schema-objects', schema: name });
  }
  await load('one', { kind: 'table-info', schema: 'old', table: 'a' });
  await load('one', { kind: 'table-info', schema: 'shop', table: 'kept' });
  await load('one', { kind: 'table-info', schema: 'shop', table: 'dropped' });
  database = { renamed: ['a'], shop: ['kept', 'new'] };
  invoke.mockClear();

  await refreshCatalog('one');

  const asked = invoke.mock.calls.map(([channel, request]) => {
    const { schema: place, schemas = [], table: name } = request as Partial<Request>;
    return [channel, place, ...schemas, name].filter(Boolean).join(' ');
  });
  expect(asked).toContain('search:refresh');
  expect(asked).toContain('catalog:get-table-info shop kept');
  expect(asked.filter((call) => /old|dropped/.test(call))).toEqual([]);
  const { tables, tableInfos } = catalogOf('one');
  expect(Object.keys(tables)).toEqual(['shop']);
  expect(tables['shop']?.value?.map(({ name }) => name)).toEqual(['kept', 'new']);
  expect(Object.keys(tableInfos)).toEqual([relationKey({ schema: 'shop', name: 'kept' })]);
});

it('refreshes one at a time, and once more for all that was asked for meanwhile', async () => {
  database = { shop: ['a'] };
  const schemasRead = (): number =>
    invoke.mock.calls.filter(([channel]) => channel === 'catalog:list-schemas').length;
  const first = refreshCatalog('two');
  const others = [refreshCatalog('two'), refreshCatalog('two'), refreshCatalog('two')];
  const elsewhere = refreshCatalog('three');
  expect(schemasRead()).toBe(2);
  await Promise.all([first, ...others, elsewhere]);
  expect(schemasRead()).toBe(3);
  await refreshCatalog('two');
  expect(schemasRead()).toBe(4);
});
