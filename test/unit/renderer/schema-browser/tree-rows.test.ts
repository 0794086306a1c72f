import { describe, expect, it } from 'vitest';
import {
  databasesKey,
  partitionsKey,
  relationKey,
  schemaKey,
  sequencesKey,
  serverKey,
} from '../../../../src/renderer/features/schema-browser/catalog';
import type { TreeRow } from '../../../../src/renderer/features/schema-browser/tree-node';
import {
  matchesFilter,
  treeRows,
} from '../../../../src/renderer/features/schema-browser/tree-rows';
import { catalog, column, ready, schema, table, tableInfo } from './catalog-fixture';

/** The folder of the server, which is always there, is left out: it has a test of its own. */
const outline = (rows: readonly TreeRow[]): string[] =>
  rows
    .filter(({ key }) => key !== serverKey)
    .map(({ level, text, content }) => '  '.repeat(level - 1) + (text || `<${content.kind}>`));

const publicSchema = ready([schema('public')]);

describe('treeRows', () => {
  it('shows a line that loads before anything is known', () => {
    expect(outline(treeRows(catalog({}), 'app'))).toEqual(['<loading>']);
  });

  it('leaves a failure of the whole tree to the place above it', () => {
    const error = { kind: 'ConnectionLost', message: 'gone' } as const;
    expect(treeRows(catalog({ schemas: { status: 'failed', error } }), 'app')).toEqual([]);
  });

  it('keeps what was read while it is read anew', () => {
    const schemas = { status: 'loading', value: [schema('public')] } as const;
    expect(outline(treeRows(catalog({ schemas }), 'app'))).toEqual(['public']);
  });

  it('hides system schemas until they are asked for', () => {
    const schemas = ready([schema('public'), schema('pg_catalog', { isSystem: true })]);
    expect(outline(treeRows(catalog({ schemas }), 'app'))).toEqual(['public']);
    expect(outline(treeRows(catalog({ schemas, showSystem: true }), 'app'))).toEqual([
      'public',
      'pg_catalog',
    ]);
  });

  it('offers nothing to unfold in a schema without USAGE', () => {
    const schemas = ready([schema('private', { canUse: false })]);
    expect(treeRows(catalog({ schemas }), 'app')[0]?.expanded).toBeNull();
  });

  it('puts tables before views and sequences into a folder at the end', () => {
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        expanded: new Set([schemaKey('public'), sequencesKey('public')]),
        tables: {
          public: ready([
            table('a_seq', { kind: 'sequence' }),
            table('a_view', { kind: 'view' }),
            table('zebra'),
            table('Zoo'),
            table('a_matview', { kind: 'materialized view' }),
          ]),
        },
      }),
      'app',
    );
    expect(outline(rows)).toEqual([
      'public',
      '  Zoo',
      '  zebra',
      '  a_view',
      '  a_matview',
      '  Sequences',
      '    a_seq',
    ]);
  });

  it('folds partitions under their parent, at any depth', () => {
    const part = (name: string, parent: string, kind: 'table' | 'partitioned table' = 'table') =>
      table(name, { kind, partitionOf: { schema: 'public', name: parent } });
    const orders = table('orders', { kind: 'partitioned table' });
    const year = part('orders_2026', 'orders', 'partitioned table');
    const expanded = new Set([
      schemaKey('public'),
      relationKey(orders),
      partitionsKey(orders),
      relationKey(year),
      partitionsKey(year),
    ]);
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        expanded,
        tables: { public: ready([part('orders_2026_01', 'orders_2026'), year, orders]) },
        tableInfos: {
          [relationKey(orders)]: ready(tableInfo(orders, { columns: [column('id')] })),
          [relationKey(year)]: ready(tableInfo(year, { columns: [column('id')] })),
        },
      }),
      'app',
    );
    expect(outline(rows)).toEqual([
      'public',
      '  orders',
      '    Partitions',
      '      orders_2026',
      '        Partitions',
      '          orders_2026_01',
      '        id',
      '    id',
    ]);
  });

  it('keeps a partition in view whose parent lives in another schema', () => {
    const stray = table('part', { partitionOf: { schema: 'archive', name: 'orders' } });
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        expanded: new Set([schemaKey('public')]),
        tables: { public: ready([stray]) },
      }),
      'app',
    );
    expect(outline(rows)).toEqual(['public', '  part']);
  });

  it('numbers lines among their siblings, as a screen reader says them', () => {
    const rows = treeRows(
      catalog({
        schemas: ready([schema('a'), schema('b')]),
        expanded: new Set([schemaKey('a')]),
        tables: { a: ready([table('x', { schema: 'a' })]) },
      }),
      'app',
    );
    expect(rows.map(({ position, siblings }) => [position, siblings])).toEqual([
      [1, 3],
      [1, 1],
      [2, 3],
      [3, 3],
    ]);
  });

  it('names what each column of a composite foreign key refers to', () => {
    const items = table('items');
    const foreignKey = {
      name: 'fk',
      schema: 'public',
      table: 'items',
      columns: ['b', 'a'],
      referencedSchema: 'public',
      referencedTable: 'orders',
      referencedColumns: ['x', 'y'],
      onUpdate: 'no action',
      onDelete: 'no action',
    } as const;
    const info = tableInfo(items, {
      columns: [column('a'), column('b'), column('c')],
      foreignKeys: [{ ...foreignKey, columns: ['b', 'a'], referencedColumns: ['x', 'y'] }],
    });
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        expanded: new Set([schemaKey('public'), relationKey(items)]),
        tables: { public: ready([items]) },
        tableInfos: { [relationKey(items)]: ready(info) },
      }),
      'app',
    );
    const references = rows.flatMap(({ content }) =>
      content.kind === 'column' ? [content.references] : [],
    );
    expect(references).toEqual([['public.orders.y'], ['public.orders.x'], []]);
  });

  it('shows a failed part in its place, with what to load again', () => {
    const error = { kind: 'Timeout', message: 'too slow' } as const;
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        expanded: new Set([schemaKey('public')]),
        tables: { public: { status: 'failed', error } },
      }),
      'app',
    );
    expect(rows[1]?.content).toEqual({
      kind: 'failed',
      error,
      retry: { kind: 'tables', schema: 'public' },
    });
  });

  it('lists other databases apart from the current one and from templates', () => {
    const database = (name: string, isTemplate = false) => ({
      name,
      owner: 'me',
      encoding: 'UTF8',
      isTemplate,
      canConnect: true,
      comment: null,
    });
    const rows = treeRows(
      catalog({
        schemas: publicSchema,
        databases: ready([database('app'), database('shop'), database('template1', true)]),
        expanded: new Set([databasesKey]),
      }),
      'app',
    );
    expect(outline(rows)).toEqual(['public', 'Other databases', '  shop']);
  });
});

describe('a filter', () => {
  const schemas = ready([schema('public'), schema('empty')]);
  const tables = {
    public: ready([
      table('orders', { kind: 'partitioned table' }),
      table('orders_1', { partitionOf: { schema: 'public', name: 'orders' } }),
      table('customers'),
    ]),
    empty: ready([]),
  };

  it('shows the relations that match, partitions too, and no other schema', () => {
    const rows = treeRows(catalog({ schemas, tables, filter: 'ORDER' }), 'app');
    expect(outline(rows)).toEqual(['public', '  orders', '  orders_1']);
  });

  it('says when nothing matches', () => {
    const rows = treeRows(catalog({ schemas, tables, filter: 'nowhere' }), 'app');
    expect(rows.map(({ content }) => content)).toEqual([
      { kind: 'empty', text: 'Nothing matches' },
    ]);
  });

  it('keeps a schema in view that is still being read', () => {
    const rows = treeRows(catalog({ schemas, tables: {}, filter: 'x' }), 'app');
    expect(outline(rows)).toEqual(['public', '  <loading>', 'empty', '  <loading>']);
  });

  it('takes schema.name only when a dot is typed', () => {
    expect(matchesFilter({ schema: 'sales', name: 'orders' }, 'sales.or')).toBe(true);
    expect(matchesFilter({ schema: 'sales', name: 'orders' }, 'sales')).toBe(false);
  });
});
