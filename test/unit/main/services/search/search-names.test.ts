import { describe, expect, it } from 'vitest';
import type { CatalogObject } from '../../../../../src/main/services/search/read-objects';
import {
  nameOfEntry,
  objectOfEntry,
  refOfEntry,
  SearchIndexBuilder,
} from '../../../../../src/main/services/search/search-index';
import { searchNames } from '../../../../../src/main/services/search/search-names';
import type { ObjectGroup, ObjectKind, ObjectRef } from '../../../../../src/shared/models/search';

let nextOid = 1;
const object = (
  kind: ObjectKind,
  schemaOid: number,
  name: string,
  more: Partial<CatalogObject> = {},
): CatalogObject => ({
  kind,
  oid: nextOid++,
  schemaOid,
  name,
  canUse: true,
  isOfExtension: false,
  arguments: null,
  columns: [],
  ...more,
});
const schema = (oid: number, name: string, canUse = true): CatalogObject =>
  object('schema', oid, name, { oid, canUse });

const builder = new SearchIndexBuilder();
const objects = [
  schema(10, 'pg_catalog'),
  schema(11, 'sales'),
  schema(12, 'shop'),
  object('table', 10, 'orders'),
  object('table', 11, 'orders', { columns: ['id', null, 'customer_id'] }),
  object('table', 12, 'orders', { columns: ['id', 'price'] }),
  object('view', 12, 'price_list', { columns: ['Price', 'title'] }),
  object('sequence', 12, 'orders_id_seq'),
  object('function', 12, 'orders_of', { arguments: 'customer integer' }),
  object('type', 12, 'order_status'),
  object('table', 12, 'v1.2 "late"'),
];
for (const one of objects) builder.add(one);
const index = await builder.finish();

async function search(
  text: string,
  { group = null, recent = [] }: { group?: ObjectGroup | null; recent?: ObjectRef[] } = {},
): Promise<string[]> {
  const found = await searchNames(index, { text, group, recent }, () => false);
  return (found?.best ?? []).map(({ entry }) => {
    const whole = objectOfEntry(index, entry);
    const path = [
      nameOfEntry(index, index.schemas[whole] ?? 0),
      ...(whole === entry ? [] : [nameOfEntry(index, whole)]),
      nameOfEntry(index, entry),
    ];
    return `${refOfEntry(index, entry).kind} ${path.join('.')}`;
  });
}

describe('searchNames', () => {
  it('finds every kind, tables first and what is of the system last', async () => {
    expect(await search('orders')).toEqual([
      'table sales.orders',
      'table shop.orders',
      'function shop.orders_of',
      'sequence shop.orders_id_seq',
      'table pg_catalog.orders',
      'type shop.order_status',
    ]);
    expect(await search('ordst')).toEqual(['type shop.order_status']);
  });

  it('finds columns, and by their relation and schema', async () => {
    expect(await search('price')).toEqual([
      'view shop.price_list',
      'column shop.orders.price',
      'column shop.price_list.Price',
    ]);
    expect((await search('orders.id')).slice(0, 2)).toEqual([
      'column sales.orders.id',
      'column shop.orders.id',
    ]);
    expect(await search('sales.ord.cust')).toEqual(['column sales.orders.customer_id']);
    expect(await search('nothing.id')).toEqual([]);
  });

  it('takes names as SQL quotes them, also while the second quote is missing', async () => {
    expect((await search('shop."price_list"'))[0]).toBe('view shop.price_list');
    expect((await search('"shop"."orders"."pri'))[0]).toBe('column shop.orders.price');
    expect((await search('"sales" . "orders"'))[0]).toBe('table sales.orders');
  });

  it('finds a name that has dots and quotes of its own', async () => {
    for (const typed of ['v1.2', 'v1.2 "la', '"v1.2', '"v1.2 ""late"""', 'shop."v1.2']) {
      expect((await search(typed))[0]).toBe('table shop.v1.2 "late"');
    }
  });

  it('lists what is in a schema after its dot', async () => {
    expect(await search('sales.')).toEqual(['table sales.orders']);
  });

  it('keeps a column its number where another was dropped', async () => {
    const found = await searchNames(
      index,
      { text: 'customer_id', group: 'column', recent: [] },
      () => false,
    );
    expect(refOfEntry(index, found?.best[0]?.entry ?? 0)).toMatchObject({ column: 3 });
  });

  it('puts what came with an extension behind what somebody made', async () => {
    const mixed = new SearchIndexBuilder();
    mixed.add(schema(1, 'public'));
    mixed.add(object('function', 1, 'dist', { isOfExtension: true }));
    mixed.add(object('function', 1, 'distance'));
    const found = await searchNames(
      await mixed.finish(),
      { text: 'dist', group: null, recent: [] },
      () => false,
    );
    expect(found?.best.map(({ entry }) => entry)).toEqual([2, 1]);
  });

  it('takes no scattered letters for a name of the system', async () => {
    const mixed = new SearchIndexBuilder();
    for (const one of [schema(1, 'pg_catalog'), schema(2, 'own')]) mixed.add(one);
    mixed.add(object('function', 1, 'bpcharicregexeq'));
    mixed.add(object('function', 2, 'bpcharicregexeq'));
    const query = { text: 'price', group: null, recent: [] };
    const found = await searchNames(await mixed.finish(), query, () => false);
    expect(found?.best.map(({ entry }) => entry)).toEqual([3]);
  });

  it('narrows to a group', async () => {
    expect(await search('ord', { group: 'routine' })).toEqual(['function shop.orders_of']);
    expect(await search('', { group: 'type' })).toEqual(['type shop.order_status']);
  });

  it('ranks what was chosen lately above its like, and lists it without a text', async () => {
    const shopOrders = objects[5]?.oid ?? 0;
    const recent: ObjectRef[] = [
      { kind: 'column', oid: shopOrders, column: 2 },
      { kind: 'table', oid: shopOrders, column: 0 },
      { kind: 'table', oid: 999_999, column: 0 },
      // The same number in another catalog of the server is another thing.
      { kind: 'function', oid: shopOrders, column: 0 },
    ];
    expect((await search('orders', { recent }))[0]).toBe('table shop.orders');
    expect(await search('', { recent })).toEqual(['column shop.orders.price', 'table shop.orders']);
  });

  it('gives no more than fifty, and counts the rest', async () => {
    const many = new SearchIndexBuilder();
    many.add(schema(1, 'public'));
    for (let n = 0; n < 5_000; n += 1) many.add(object('table', 1, `table_${n}`));
    const found = await searchNames(
      await many.finish(),
      { text: 'table', group: null, recent: [] },
      () => false,
    );
    expect(found?.best).toHaveLength(50);
    expect(found?.total).toBe(5_000);
  });

  it('stops when it is given up', async () => {
    const many = new SearchIndexBuilder();
    many.add(schema(1, 'public'));
    for (let n = 0; n < 200_000; n += 1) many.add(object('table', 1, `a${n}b`));
    const query = { text: 'ab', group: null, recent: [] };
    expect(await searchNames(await many.finish(), query, () => true)).toBeNull();
  });
});
