import { expect, it } from 'vitest';
import {
  columnNotes,
  relationOf,
} from '../../../../../src/renderer/components/grid/column-sources';

const id = { schema: 'shop', table: 'Orders', column: 'id', notNull: true, comment: null };
const note = { ...id, column: 'note', notNull: false, comment: 'As written' };

it('names the one relation that all columns come from', () => {
  expect(relationOf([id, note])).toBe('shop."Orders"');
  expect(relationOf([id, { ...note, table: 'lines' }])).toBe('my_table');
  expect(relationOf([id, null])).toBe('my_table');
  expect(relationOf([])).toBe('my_table');
});

it('says where a column comes from, whether it may be NULL, and its comment', () => {
  expect(columnNotes([id, null, note, { ...id, notNull: null }])).toEqual([
    'shop."Orders".id, NOT NULL',
    '',
    'shop."Orders".note, may be NULL\nAs written',
    'shop."Orders".id',
  ]);
});
