import { describe, expect, it } from 'vitest';
import { relationKey, schemaKey } from '../../../../src/renderer/features/schema-browser/catalog';
import {
  treeAction,
  typeaheadMatch,
} from '../../../../src/renderer/features/schema-browser/tree-keyboard';
import { treeRows } from '../../../../src/renderer/features/schema-browser/tree-rows';
import { catalog, ready, schema, table } from './catalog-fixture';

const rows = treeRows(
  catalog({
    schemas: ready([schema('public'), schema('sales')]),
    expanded: new Set([schemaKey('public')]),
    tables: { public: ready([table('customers'), table('orders'), table('order_items')]) },
  }),
  'app',
).filter(({ text }) => text !== 'Server');
// public, customers, order_items, orders, sales

const press = (active: number, key: string) => treeAction(rows, active, key, 2);

describe('treeAction', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 4],
    ['ArrowUp', 0, 0],
    ['ArrowUp', 3, 2],
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 4],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['PageDown', 1, 3],
    ['PageUp', 1, 0],
  ])('%s moves the focus from %i to %i', (key, from, to) => {
    expect(press(from, key)).toEqual({ kind: 'focus', index: to });
  });

  it('unfolds with the right arrow, and then enters', () => {
    expect(press(4, 'ArrowRight')).toEqual({ kind: 'expand', row: rows[4] });
    expect(press(0, 'ArrowRight')).toEqual({ kind: 'focus', index: 1 });
  });

  it('folds with the left arrow, and goes to the parent from a leaf', () => {
    expect(press(0, 'ArrowLeft')).toEqual({ kind: 'collapse', row: rows[0] });
    expect(press(2, 'ArrowLeft')).toEqual({ kind: 'focus', index: 0 });
    expect(press(4, 'ArrowLeft')).toBeNull();
  });

  it('activates with Enter and toggles with the space bar', () => {
    expect(press(1, 'Enter')).toEqual({ kind: 'activate', row: rows[1] });
    expect(press(0, ' ')).toEqual({ kind: 'collapse', row: rows[0] });
    expect(press(4, ' ')).toEqual({ kind: 'expand', row: rows[4] });
  });

  it('does nothing in an empty tree', () => {
    expect(treeAction([], -1, 'ArrowDown', 2)).toBeNull();
  });
});

describe('typeaheadMatch', () => {
  const find = (active: number, typed: string) => rows[typeaheadMatch(rows, active, typed)]?.text;

  it('finds the next name that begins with what was typed', () => {
    expect(find(0, 'ord')).toBe('order_items');
    expect(find(0, 'orders')).toBe('orders');
  });

  it('stays where it is while a longer word still matches', () => {
    expect(find(2, 'or')).toBe('order_items');
  });

  it('steps on when one character is typed again, around the end', () => {
    expect(find(2, 'o')).toBe('orders');
    expect(find(3, 'oo')).toBe('order_items');
  });

  it('finds nothing where nothing begins so', () => {
    expect(typeaheadMatch(rows, 0, 'zz')).toBe(-1);
  });

  it('has keys that tell relations of two schemas apart', () => {
    expect(relationKey({ schema: 'a', name: 'b.c' })).not.toBe(
      relationKey({ schema: 'a.b', name: 'c' }),
    );
  });
});
