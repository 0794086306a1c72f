import type { CallChannel } from '@shared/ipc/channels';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  columnKey,
  folderKey,
  relationKey,
  schemaKey,
} from '../../../../src/renderer/features/schema-browser/catalog';
import {
  catalogOf,
  useCatalogs,
} from '../../../../src/renderer/features/schema-browser/catalog-store';
import { revealObject } from '../../../../src/renderer/features/schema-browser/reveal';
import { itemKey } from '../../../../src/renderer/features/schema-browser/tree-node';
import { treeRows } from '../../../../src/renderer/features/schema-browser/tree-rows';
import { column, schema, table, tableInfo } from './catalog-fixture';

// The preload's bridge exists only in Electron: this stands for it, answer by answer.
const invoke = vi.fn<(channel: CallChannel, request: unknown) => Promise<unknown>>();
vi.stubGlobal('window', { postern: { invoke, on: () => () => undefined } });

const orders = table('orders', { schema: 'shop', kind: 'partitioned table' });
const part = table('orders_2026', {
  schema: 'shop',
  partitionOf: { schema: 'shop', name: 'orders' },
});
const routine = {
  oid: 7,
  schema: 'pg_catalog',
  name: 'abs',
  kind: 'function',
  arguments: 'integer',
  identityArguments: 'integer',
  result: 'integer',
  language: 'internal',
  owner: 'me',
  volatility: 'immutable',
  isSecurityDefiner: false,
  canExecute: true,
  extension: null,
  comment: null,
} as const;
const answers: Partial<Record<CallChannel, (request: { schema: string }) => unknown>> = {
  'catalog:list-schemas': () => [schema('shop'), schema('pg_catalog', { isSystem: true })],
  'catalog:list-tables': (request) => (request.schema === 'shop' ? [orders, part] : []),
  'catalog:list-schema-objects': (request) => ({
    routines: request.schema === 'pg_catalog' ? [routine] : [],
    types: [],
    sequences: [],
  }),
  'catalog:get-table-info': () => tableInfo(part, { columns: [column('id')] }),
  'catalog:get-table-attachments': () => ({
    triggers: [],
    rules: [],
    policies: [],
    isRowSecurityEnabled: false,
    isRowSecurityForced: false,
  }),
};

beforeEach(() => {
  useCatalogs.setState({ catalogs: {} });
  invoke.mockImplementation((channel, request) =>
    Promise.resolve({ ok: true, value: answers[channel]?.(request as { schema: string }) }),
  );
});

const target = { oid: 1, relation: null } as const;
const shownKeys = (): string[] => treeRows(catalogOf('one'), 'app').map(({ key }) => key);

describe('revealObject', () => {
  it('unfolds down to a column of a partition', async () => {
    const hit = { ...target, schema: 'shop', relation: 'orders_2026', name: 'id' };
    await revealObject('one', { ...hit, kind: 'column' });
    const { revealKey } = catalogOf('one');
    expect(revealKey).toBe(columnKey(part, 'id'));
    expect(shownKeys()).toContain(revealKey);
    expect(shownKeys()).toEqual(
      expect.arrayContaining([schemaKey('shop'), relationKey(orders), relationKey(part)]),
    );
  });

  it('shows the system schemas for a function of theirs', async () => {
    await revealObject('one', {
      ...target,
      kind: 'function',
      oid: 7,
      schema: 'pg_catalog',
      name: 'abs',
    });
    const { revealKey, showSystem } = catalogOf('one');
    expect(showSystem).toBe(true);
    expect(revealKey).toBe(itemKey(folderKey('Functions', 'pg_catalog'), { id: '7', name: 'abs' }));
    expect(shownKeys()).toContain(revealKey);
  });
});
