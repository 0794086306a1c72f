import { describe, expect, it } from 'vitest';
import type { ForeignKey } from '../../../src/shared/models/table';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

const summary = (key: ForeignKey): string =>
  `${key.name}: ${key.schema}.${key.table}(${key.columns.join(',')}) -> ` +
  `${key.referencedSchema}.${key.referencedTable}(${key.referencedColumns.join(',')})`;

async function keysOf(table: string): Promise<string[]> {
  return (await getTableInfo(catalog.db, 'public', table)).foreignKeys.map(summary);
}

async function referencesTo(table: string): Promise<string[]> {
  return (await getTableInfo(catalog.db, 'public', table)).referencedBy.map(summary);
}

describe('foreign keys', () => {
  it('of the same name in two tables stay apart', async () => {
    await catalog.database.query(`
      CREATE TABLE parent_a (id int PRIMARY KEY);
      CREATE TABLE parent_b (key int PRIMARY KEY);
      CREATE TABLE child_a (ref int CONSTRAINT same REFERENCES parent_a ON DELETE CASCADE);
      CREATE TABLE child_b (link int CONSTRAINT same REFERENCES parent_b ON UPDATE SET NULL);
    `);
    expect((await getTableInfo(catalog.db, 'public', 'child_a')).foreignKeys).toEqual([
      {
        name: 'same',
        schema: 'public',
        table: 'child_a',
        columns: ['ref'],
        referencedSchema: 'public',
        referencedTable: 'parent_a',
        referencedColumns: ['id'],
        hasPeriod: false,
        onUpdate: 'no action',
        onDelete: 'cascade',
        definition: 'FOREIGN KEY (ref) REFERENCES parent_a(id) ON DELETE CASCADE',
      },
    ]);
    const { referencedBy } = await getTableInfo(catalog.db, 'public', 'parent_b');
    expect(referencedBy).toEqual([
      expect.objectContaining({ table: 'child_b', columns: ['link'], onUpdate: 'set null' }),
    ]);
  });

  it('pair composite columns by position, whatever their order in either table', async () => {
    await catalog.database.query(`
      CREATE TABLE grid (x int, y int, z int, PRIMARY KEY (z, x, y));
      CREATE TABLE point (p int, q int, r int,
        CONSTRAINT on_grid FOREIGN KEY (q, r, p) REFERENCES grid (y, z, x)
          ON UPDATE RESTRICT ON DELETE SET DEFAULT);
    `);
    const { foreignKeys } = await getTableInfo(catalog.db, 'public', 'point');
    expect(foreignKeys.map(summary)).toEqual([
      'on_grid: public.point(q,r,p) -> public.grid(y,z,x)',
    ]);
    expect(foreignKeys[0]).toMatchObject({ onUpdate: 'restrict', onDelete: 'set default' });
    expect((await getTableInfo(catalog.db, 'public', 'grid')).referencedBy).toEqual(foreignKeys);
  });

  it('to the table itself are on both sides', async () => {
    await catalog.database.query(`
      CREATE TABLE node (id int PRIMARY KEY, parent int CONSTRAINT up REFERENCES node);
    `);
    const info = await getTableInfo(catalog.db, 'public', 'node');
    expect(info.foreignKeys.map(summary)).toEqual(['up: public.node(parent) -> public.node(id)']);
    expect(info.referencedBy).toEqual(info.foreignKeys);
  });

  it('cross schemas with relations of the same name', async () => {
    await catalog.database.query(`
      CREATE SCHEMA one; CREATE SCHEMA two;
      CREATE TABLE one.item (id int PRIMARY KEY);
      CREATE TABLE two.item (id int PRIMARY KEY REFERENCES one.item);
    `);
    const { foreignKeys, referencedBy } = await getTableInfo(catalog.db, 'two', 'item');
    expect(foreignKeys.map(summary)).toEqual(['item_id_fkey: two.item(id) -> one.item(id)']);
    expect(referencedBy).toEqual([]);
    expect((await getTableInfo(catalog.db, 'one', 'item')).referencedBy).toEqual(foreignKeys);
  });

  it('between partitioned tables are listed once, and for each partition as its own', async () => {
    await catalog.database.query(`
      CREATE TABLE account (region int, id int, PRIMARY KEY (region, id)) PARTITION BY LIST (region);
      CREATE TABLE account_1 PARTITION OF account FOR VALUES IN (1);
      CREATE TABLE account_2 PARTITION OF account FOR VALUES IN (2);
      CREATE TABLE payment (account int, note text, region int,
        CONSTRAINT paid FOREIGN KEY (region, account) REFERENCES account (region, id)
      ) PARTITION BY LIST (region);
      CREATE TABLE payment_1 PARTITION OF payment FOR VALUES IN (1);
      -- A partition whose columns have other numbers than its parent's.
      CREATE TABLE payment_2 (region int, gone int, note text, account int);
      ALTER TABLE payment_2 DROP COLUMN gone;
      ALTER TABLE payment ATTACH PARTITION payment_2 FOR VALUES IN (2);
    `);
    const whole = 'paid: public.payment(region,account) -> public.account(region,id)';
    expect(await keysOf('payment')).toEqual([whole]);
    expect(await keysOf('payment_1')).toEqual([
      'paid: public.payment_1(region,account) -> public.account(region,id)',
    ]);
    expect(await keysOf('payment_2')).toEqual([
      expect.stringMatching(
        /: public\.payment_2\(region,account\) -> public\.account\(region,id\)$/,
      ),
    ]);
    expect(await referencesTo('account')).toEqual([whole]);
    // The key to the whole holds for its partition too.
    expect(await referencesTo('account_1')).toEqual([whole]);
    expect(await referencesTo('payment')).toEqual([]);
  });
});

describe('partitions', () => {
  it('of a tree of 1,000 name their direct parent and their bound', async () => {
    await catalog.database.query(`
      CREATE SCHEMA tree;
      CREATE SCHEMA leaves;
      CREATE TABLE tree.root (a int, b int) PARTITION BY RANGE (a);
      DO $$ BEGIN
        FOR branch IN 0..9 LOOP
          EXECUTE format('CREATE TABLE tree.branch_%s PARTITION OF tree.root FOR VALUES FROM (%s) TO (%s) PARTITION BY LIST (b)',
            branch, branch, branch + 1);
          FOR leaf IN 0..98 LOOP
            EXECUTE format('CREATE TABLE leaves.leaf_%s_%s PARTITION OF tree.branch_%s FOR VALUES IN (%s)',
              branch, leaf, branch, leaf);
          END LOOP;
        END LOOP;
      END $$;
      CREATE TABLE tree.unrelated (a int);
      CREATE TABLE tree.child () INHERITS (tree.unrelated);
    `);

    const parents = new Map(
      (await listTables(catalog.db, 'tree')).map((table) => [table.name, table.partitionOf]),
    );
    expect(parents.size).toBe(13);
    expect(parents.get('root')).toBeNull();
    expect(parents.get('branch_3')).toEqual({ schema: 'tree', name: 'root' });
    // Inheritance is no partitioning.
    expect(parents.get('child')).toBeNull();
    const leaves = await listTables(catalog.db, 'leaves');
    expect(leaves).toHaveLength(990);
    expect(leaves.find((leaf) => leaf.name === 'leaf_4_7')?.partitionOf).toEqual({
      schema: 'tree',
      name: 'branch_4',
    });

    const root = await getTableInfo(catalog.db, 'tree', 'root');
    expect(root.size).toBeNull();
    expect(root.partitions).toHaveLength(10);
    expect(root.partitions[1]).toEqual({
      schema: 'tree',
      name: 'branch_1',
      bound: 'FOR VALUES FROM (1) TO (2)',
    });
    const branch = await getTableInfo(catalog.db, 'tree', 'branch_9');
    expect(branch.partitions).toHaveLength(99);
    expect(branch.partitions[0]).toEqual({
      schema: 'leaves',
      name: 'leaf_9_0',
      bound: 'FOR VALUES IN (0)',
    });
    expect([root.partitionKey, branch.partitionKey]).toEqual(['RANGE (a)', 'LIST (b)']);
    expect(branch.inheritsFrom).toEqual([]);

    expect((await getTableInfo(catalog.db, 'tree', 'unrelated')).partitions).toEqual([]);
    const child = await getTableInfo(catalog.db, 'tree', 'child');
    expect(child.inheritsFrom).toEqual([{ schema: 'tree', name: 'unrelated' }]);
    expect(child.partitionKey).toBeNull();
  });
});
