import { expect, it } from 'vitest';
import { writesAmbiguously } from '../../../../../src/renderer/components/grid/ambiguous-styles';

const column = (typeOid: number) => ({
  name: 'c',
  type: '',
  typeOid,
  tableOid: 0,
  tableColumn: 0,
});
const rows = [
  ['02/03/2024', null, '2024-03-02'],
  ['02/03/2024', 'infinity', '2024-03-03'],
  ['02/03/2024', '02.03.2024', '2024-03-04'],
];
const table = {
  columns: [column(25), column(1082), column(1082)],
  text: (row: number, at: number) => rows[row]?.[at] ?? null,
};

it('looks at dates until one tells how they are written', () => {
  const all = { top: 0, bottom: 2, left: 0, right: 2 };
  expect(writesAmbiguously(table, all)).toBe(true);
  expect(writesAmbiguously(table, { ...all, bottom: 1 })).toBe(false);
  expect(writesAmbiguously(table, { ...all, left: 2 })).toBe(false);
  expect(writesAmbiguously(table, { ...all, right: 0 })).toBe(false);
});
