import { describe, expect, it } from 'vitest';
import {
  parseList,
  toConditions,
  toDraft,
  toFilter,
} from '../../../../src/renderer/features/table-data/filter-draft';
import {
  referencedRows,
  referringRows,
} from '../../../../src/renderer/features/table-data/foreign-keys';
import {
  goBack,
  goForward,
  goTo,
  type History,
  toggleSort,
  wholeRelation,
} from '../../../../src/renderer/features/table-data/location';
import {
  freezeColumns,
  frozenCount,
  moveColumn,
  shownColumns,
  toggleColumn,
} from '../../../../src/renderer/features/table-data/table-layout';
import type { ForeignKey } from '../../../../src/shared/models/table';

const place = (name: string) => wholeRelation({ schema: 'public', name });
const nameOf = ({ present }: History): string => present.relation.name;

describe('history', () => {
  it('goes back and forward, and forgets what lay ahead on a new way', () => {
    const start: History = { past: [], present: place('a'), future: [] };
    const there = goTo(goTo(start, place('b')), place('c'));
    const back = goBack(goBack(there));
    expect([nameOf(back), nameOf(goForward(back))]).toEqual(['a', 'b']);
    expect(goBack(back)).toBe(back);
    expect(goForward(there)).toBe(there);
    expect(goTo(goBack(there), place('d')).future).toEqual([]);
  });
});

describe('toggleSort', () => {
  it('goes from ascending to descending to none', () => {
    const up = toggleSort([], 'a', false);
    const down = toggleSort(up, 'a', false);
    expect(up).toEqual([{ column: 'a', descending: false, nulls: 'last' }]);
    expect(down).toEqual([{ column: 'a', descending: true, nulls: 'first' }]);
    expect(toggleSort(down, 'a', false)).toEqual([]);
  });

  it('adds columns, keeping the others in their places', () => {
    const both = toggleSort(toggleSort([], 'a', false), 'b', true);
    expect(
      toggleSort(both, 'a', true).map(({ column, descending }) => [column, descending]),
    ).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(toggleSort(both, 'c', false).map(({ column }) => column)).toEqual(['c']);
  });
});

describe('typed conditions', () => {
  it.each([
    ['a, b ,c', ['a', 'b', 'c']],
    ['"a, b",c', ['a, b', 'c']],
    ['"say ""hi""", " x "', ['say "hi"', ' x ']],
    ['""', ['']],
    ['1\n2\n\n3', ['1', '2', '3']],
    [' , ', []],
  ])('read the list %j', (text, expected) => expect(parseList(text)).toEqual(expected));

  it('come back as they were typed', () => {
    for (const values of [
      ['a', 'b'],
      ['a,b', ' ', ''],
      ['say "hi"', 'x\ny'],
    ]) {
      const filter = { id: '1', column: 'c', operator: 'in' as const, values };
      expect(toFilter(toDraft(filter))).toEqual(filter);
    }
  });

  it('without a value are left out, but for the equality with an empty text', () => {
    const filters = (['less', 'between', 'in', 'equals', 'is-null'] as const).map((operator) => ({
      id: '1',
      column: 'c',
      operator,
      text: '',
      second: '',
    }));
    const kept = toConditions({ filters, where: '' }, [
      {
        name: 'c',
        type: 'text',
        category: 'text',
        nullable: true,
        isComparable: true,
        enumLabels: null,
      },
    ]).filters;
    expect(kept.map(({ operator, values }) => [operator, values])).toEqual([
      ['equals', ['']],
      ['is-null', []],
    ]);
  });
});

describe('columns', () => {
  const names = ['id', 'name', 'note'];
  const plain = { order: [], hidden: [], widths: {}, frozenTo: null };

  it('follow the order that was kept, new ones at the end and dropped ones left out', () => {
    expect(shownColumns(names, { ...plain, order: ['note', 'gone', 'id'] })).toEqual([2, 0, 1]);
    expect(shownColumns(names, { ...plain, hidden: ['name'] })).toEqual([0, 2]);
    expect(shownColumns(names, { ...plain, hidden: names })).toEqual([0, 1, 2]);
  });

  it('move by one place and are hidden and shown', () => {
    const moved = moveColumn(names, plain, 'note', -1);
    expect(shownColumns(names, moved)).toEqual([0, 2, 1]);
    expect(moveColumn(names, plain, 'id', -1)).toBe(plain);
    const hidden = toggleColumn(names, plain, 'id');
    expect([hidden.hidden, toggleColumn(names, hidden, 'id').hidden]).toEqual([['id'], []]);
  });
});

describe('foreign keys', () => {
  const key: ForeignKey = {
    name: 'fk',
    schema: 'shop',
    table: 'items',
    columns: ['order_id', 'line'],
    referencedSchema: 'public',
    referencedTable: 'orders',
    referencedColumns: ['id', 'number'],
    onUpdate: 'no action',
    onDelete: 'no action',
  };
  const conditionsOf = (found: ReturnType<typeof referencedRows>) =>
    found.map(({ selection }) => [
      selection.relation.name,
      selection.filters.map(({ column, values }) => [column, ...values]),
    ]);

  it('lead from all their columns together to a row', () => {
    const values = new Map([
      ['order_id', '7'],
      ['line', '2'],
    ]);
    expect(conditionsOf(referencedRows({ foreignKeys: [key] }, 'line', values))).toEqual([
      [
        'orders',
        [
          ['id', '7'],
          ['number', '2'],
        ],
      ],
    ]);
    expect(referencedRows({ foreignKeys: [key] }, 'other', values)).toEqual([]);
    expect(
      referencedRows(
        { foreignKeys: [key] },
        'line',
        new Map([
          ['order_id', '7'],
          ['line', null],
        ]),
      ),
    ).toEqual([]);
  });

  it('lead past a period, which is covered and seldom equal', () => {
    const ofTime = { ...key, hasPeriod: true };
    const values = new Map([
      ['order_id', '7'],
      ['line', '[2024-01-01,2024-02-01)'],
    ]);
    expect(conditionsOf(referencedRows({ foreignKeys: [ofTime] }, 'line', values))).toEqual([
      ['orders', [['id', '7']]],
    ]);
  });

  it('lead back from the row that they refer to', () => {
    const values = new Map([
      ['id', '7'],
      ['number', '2'],
    ]);
    const found = referringRows({ referencedBy: [key] }, values);
    expect(conditionsOf(found)).toEqual([
      [
        'items',
        [
          ['order_id', '7'],
          ['line', '2'],
        ],
      ],
    ]);
    expect(found[0]?.label).toBe('shop.items (order_id, line)');
  });
});

describe('frozen columns', () => {
  const names = ['id', 'name', 'note', 'at'];
  const plain = { order: [], hidden: [], widths: {}, frozenTo: null };

  it('are the first of those that are shown', () => {
    const frozen = freezeColumns(names, { ...plain, order: ['note', 'id'] }, 2);
    expect(frozen.frozenTo).toBe('id');
    expect(frozenCount(names, frozen)).toBe(2);
    expect(freezeColumns(names, frozen, 0).frozenTo).toBeNull();
  });

  it('stay frozen when one of them is hidden or moved', () => {
    const frozen = freezeColumns(names, plain, 2);
    expect(frozenCount(names, toggleColumn(names, frozen, 'id'))).toBe(1);
    expect(frozenCount(names, toggleColumn(names, frozen, 'name'))).toBe(1);
    expect(frozenCount(names, toggleColumn(names, frozen, 'note'))).toBe(2);
    expect(frozenCount(names, moveColumn(names, frozen, 'note', -1))).toBe(3);
  });
});
