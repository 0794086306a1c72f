import type { SchemaObjects, ServerObjects } from '@shared/models/catalog-objects';
import type { TableAttachments } from '@shared/models/table-attachments';
import { describe, expect, it } from 'vitest';
import {
  folderKey,
  relationKey,
  schemaKey,
  serverKey,
} from '../../../../src/renderer/features/schema-browser/catalog';
import { rowTooltip } from '../../../../src/renderer/features/schema-browser/row-text';
import { itemKey, type TreeRow } from '../../../../src/renderer/features/schema-browser/tree-node';
import { treeRows } from '../../../../src/renderer/features/schema-browser/tree-rows';
import { catalog, column, ready, schema, table, tableInfo } from './catalog-fixture';

const outline = (rows: readonly TreeRow[]): string[] =>
  rows.map(({ level, text, content }) => {
    const aside = content.kind === 'item' ? (content.item.aside ?? '') : '';
    return `${'  '.repeat(level - 1)}${text || `<${content.kind}>`} ${aside}`.trimEnd();
  });

const common = { schema: 'public', owner: 'me', extension: null, comment: null };
const routine = (oid: number, name: string, identityArguments: string, canExecute = true) => ({
  ...common,
  oid,
  name,
  kind: 'function' as const,
  arguments: identityArguments,
  identityArguments,
  result: 'integer',
  language: 'sql',
  volatility: 'stable' as const,
  isSecurityDefiner: false,
  canExecute,
});
const objects: SchemaObjects = {
  routines: [routine(1, 'add', 'a integer'), routine(2, 'add', 'a text', false)],
  types: [{ ...common, oid: 3, name: 'mood', kind: 'enum', labels: ['sad', 'glad'] }],
  sequences: [],
};
const noAttachments: TableAttachments = {
  triggers: [],
  rules: [],
  policies: [],
  isRowSecurityEnabled: false,
  isRowSecurityForced: false,
};
const noServer: ServerObjects = {
  extensions: [],
  publications: [],
  subscriptions: [],
  eventTriggers: [],
  foreignServers: [],
  roles: [],
  tablespaces: [],
};

describe('the objects of a schema', () => {
  const functions = folderKey('Functions', 'public');
  const types = folderKey('Types', 'public');
  const read = {
    schemas: ready([schema('public')]),
    tables: { public: ready([table('t')]) },
    schemaObjects: { public: ready(objects) },
  };

  it('stand in folders below the relations, overloads apart', () => {
    const mood = itemKey(types, { id: '3', name: 'mood' });
    const expanded = new Set([schemaKey('public'), functions, types, mood]);
    const rows = treeRows(catalog({ ...read, expanded }), 'app');
    expect(outline(rows)).toEqual([
      'public',
      '  t',
      '  Functions',
      '    add (a integer)',
      '    add (a text)',
      '  Types',
      '    mood enum',
      '      sad',
      '      glad',
      'Server',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    const locked = rows[4];
    expect(locked && rowTooltip(locked.content)).toContain('No EXECUTE right');
  });

  it('are no folders where there are none, and a failure can be tried again', () => {
    const empty = { routines: [], types: [], sequences: [] };
    const expanded = new Set([schemaKey('public')]);
    const none = { ...read, schemaObjects: { public: ready(empty) }, expanded };
    expect(outline(treeRows(catalog(none), 'app'))).toEqual(['public', '  t', 'Server']);
    const bare = { ...none, tables: { public: ready([]) } };
    expect(outline(treeRows(catalog(bare), 'app'))).toEqual(['public', '  <empty>', 'Server']);
    const error = { kind: 'Timeout', message: 'slow' } as const;
    const failed = { ...none, schemaObjects: { public: { status: 'failed', error } as const } };
    const [, , line] = treeRows(catalog(failed), 'app');
    expect(line?.content).toMatchObject({
      kind: 'failed',
      retry: { kind: 'schema-objects', schema: 'public' },
    });
  });
});

describe('what belongs to a table', () => {
  const orders = table('orders');
  const key = relationKey(orders);
  const index = {
    name: 'orders_pkey',
    definition: 'CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)',
    columns: ['id'],
    method: 'btree',
    isUnique: true,
    isPrimary: true,
    isValid: true,
  };
  const foreignKey = {
    name: 'item_order',
    schema: 'public',
    table: 'items',
    columns: ['order_id'],
    referencedSchema: 'public',
    referencedTable: 'orders',
    referencedColumns: ['id'],
    onUpdate: 'no action' as const,
    onDelete: 'cascade' as const,
  };

  it('stands in quiet folders below its columns', () => {
    const info = tableInfo(orders, {
      columns: [column('id')],
      indexes: [index],
      referencedBy: [foreignKey],
      checks: [{ name: 'positive', definition: 'CHECK (id > 0)' }],
    });
    const policy = {
      name: 'own',
      command: 'all' as const,
      isPermissive: true,
      roles: [],
      using: 'true',
      withCheck: null,
      comment: null,
    };
    const folders = ['Indexes', 'Referenced by', 'Checks', 'Policies'];
    const rows = treeRows(
      catalog({
        schemas: ready([schema('public')]),
        tables: { public: ready([orders]) },
        tableInfos: { [key]: ready(info) },
        attachments: { [key]: ready({ ...noAttachments, policies: [policy] }) },
        expanded: new Set([
          schemaKey('public'),
          key,
          ...folders.map((label) => folderKey(label, 'public', 'orders')),
        ]),
      }),
      'app',
    );
    expect(outline(rows)).toEqual([
      'public',
      '  orders',
      '    id',
      '    Indexes',
      '      orders_pkey id',
      '    Referenced by',
      '      items.order_id',
      '    Checks',
      '      positive (id > 0)',
      '    Policies',
      '      own all',
      'Server',
    ]);
    const own = rows.find(({ text }) => text === 'own');
    expect(own && rowTooltip(own.content)).toContain('Row security is off');
  });
});

describe('the server', () => {
  it('is read when it is unfolded, and shows only what there is', () => {
    const expanded = new Set([serverKey, folderKey('Extensions')]);
    const schemas = ready([]);
    expect(outline(treeRows(catalog({ schemas, expanded }), 'app')).slice(-2)).toEqual([
      'Server',
      '  <loading>',
    ]);
    const extension = {
      name: 'plpgsql',
      version: '1.0',
      schema: 'pg_catalog',
      owner: 'me',
      comment: null,
    };
    const server = ready({ ...noServer, extensions: [extension] });
    expect(outline(treeRows(catalog({ schemas, expanded, server }), 'app')).slice(-3)).toEqual([
      'Server',
      '  Extensions',
      '    plpgsql 1.0',
    ]);
  });
});
