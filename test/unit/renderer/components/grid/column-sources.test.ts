import { expect, it } from 'vitest';
import {
  columnNotes,
  insertTarget,
} from '../../../../../src/renderer/components/grid/column-sources';

const id = {
  schema: 'shop',
  table: 'Orders',
  column: 'id',
  notNull: true,
  isGenerated: false,
  isIdentityAlways: false,
  comment: null,
};
const unknown = { relation: 'my_table', columns: [] };
const note = { ...id, column: 'note', notNull: false, comment: 'As written' };

it('names the one relation that all columns come from', () => {
  expect(insertTarget([id, note])).toEqual({ relation: 'shop."Orders"', columns: [id, note] });
  expect(insertTarget([id, { ...note, table: 'lines' }])).toEqual(unknown);
  expect(insertTarget([id, null])).toEqual(unknown);
  expect(insertTarget([])).toEqual(unknown);
});

it('says where a column comes from, whether it may be NULL, and its comment', () => {
  expect(columnNotes([id, null, note, { ...id, notNull: null }])).toEqual([
    'shop."Orders".id, NOT NULL',
    '',
    'shop."Orders".note, may be NULL\nAs written',
    'shop."Orders".id',
  ]);
});
