import {
  array as manyOf,
  assert,
  boolean as anyBoolean,
  constant,
  constantFrom,
  oneof,
  property,
  record,
  string,
  stringMatching,
  tuple,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypedCondition } from '../../../../src/renderer/features/table-data/filter-draft';
import {
  type FilteredColumn,
  filterText,
  means,
  parseFilterText,
} from '../../../../src/renderer/features/table-data/filter-text';
import {
  columnCategories,
  type FilterOperator,
  operandsOf,
  operatorsFor,
} from '../../../../src/shared/models/table-filter';

const text: FilteredColumn = { category: 'text', isComparable: true };
const number: FilteredColumn = { category: 'number', isComparable: true };
const time: FilteredColumn = { category: 'time', isComparable: true };
const boolean: FilteredColumn = { category: 'boolean', isComparable: true };
const json: FilteredColumn = { category: 'json', isComparable: false };
const array: FilteredColumn = { category: 'array', isComparable: true };
const range: FilteredColumn = { category: 'range', isComparable: true };
const other: FilteredColumn = { category: 'other', isComparable: true };
const point: FilteredColumn = { category: 'other', isComparable: false };

type Case = [string, FilteredColumn, FilterOperator, string?, string?];

describe('the short writing of a condition', () => {
  it.each<Case>([
    ['abc', text, 'contains', 'abc'],
    ['  abc  ', text, 'contains', 'abc'],
    ['!abc', text, 'not-contains', 'abc'],
    ['! abc', text, 'not-contains', 'abc'],
    ['!', text, 'contains', '!'],
    ['=abc', text, 'equals', 'abc'],
    ['= Smith, John', text, 'equals', 'Smith, John'],
    ['=""', text, 'equals', ''],
    ['""', text, 'equals', ''],
    ['!""', text, 'not-equals', ''],
    ['!=abc', text, 'not-equals', 'abc'],
    ['<>abc', text, 'not-equals', 'abc'],
    ['abc%', text, 'like', 'abc%'],
    ['%a_c%', text, 'like', '%a_c%'],
    ['!%x', text, 'not-like', '%x'],
    ['~~a_c', text, 'like', 'a_c'],
    ['!~~a_c', text, 'not-like', 'a_c'],
    ['"100%"', text, 'contains', '100%'],
    ['^abc', text, 'starts-with', 'abc'],
    ['~^a.*z$', text, 'matches', '^a.*z$'],
    ['*abc', text, 'contains', 'abc'],
    ['!*abc', text, 'not-contains', 'abc'],
    ['"null"', text, 'contains', 'null'],
    ['=null', text, 'equals', 'null'],
    ['NULL', text, 'is-null'],
    ['!null', text, 'is-not-null'],
    ['! Null', text, 'is-not-null'],
    ['nullable', text, 'contains', 'nullable'],
    ['">5"', text, 'contains', '>5'],
    ['"say ""hi"""', text, 'contains', 'say "hi"'],
    ['say "hi"', text, 'contains', 'say "hi"'],
    ['" x "', text, 'contains', ' x '],
    ['wait...for', text, 'contains', 'wait...for'],
    ['"a".."m"', text, 'between', 'a', 'm'],
    ['=1..2', text, 'equals', '1..2'],
    ['in (a, "b, c")', text, 'in', 'a, "b, c"'],
    ['!in(a)', text, 'not-in', 'a'],
    ['in the house', text, 'contains', 'in the house'],
    ['R&&B', text, 'contains', 'R&&B'],
    ['"a && b"', text, 'contains', 'a && b'],
    ['5', number, 'equals', '5'],
    ['-5.0', number, 'equals', '-5.0'],
    ['!5', number, 'not-equals', '5'],
    ['>100', number, 'greater', '100'],
    ['> 100', number, 'greater', '100'],
    ['>=100', number, 'greater-or-equal', '100'],
    ['<1e3', number, 'less', '1e3'],
    ['<=-1', number, 'less-or-equal', '-1'],
    ['1..10', number, 'between', '1', '10'],
    ['1 .. 10', number, 'between', '1', '10'],
    ['-5..-1', number, 'between', '-5', '-1'],
    ['0.5..1.5', number, 'between', '0.5', '1.5'],
    ['5..', number, 'greater-or-equal', '5'],
    ['..5', number, 'less-or-equal', '5'],
    ['in (1, 2, 3)', number, 'in', '1, 2, 3'],
    ['1%', number, 'like', '1%'],
    ['*.5', number, 'contains', '.5'],
    ['1,000', number, 'equals', '1,000'],
    ['ten', number, 'equals', 'ten'],
    ['NaN', number, 'equals', 'NaN'],
    ['>2024-02-29', time, 'greater', '2024-02-29'],
    ['2024-01-01..2024-01-31 23:59', time, 'between', '2024-01-01', '2024-01-31 23:59'],
    ['Feb 29, 2024', time, 'equals', 'Feb 29, 2024'],
    ['today', time, 'equals', 'today'],
    ['true', boolean, 'equals', 'true'],
    ['!t', boolean, 'not-equals', 't'],
    ['null', boolean, 'is-null'],
    ['{"k": "100%"}', json, 'contains', '{"k": "100%"}'],
    ['"s"', json, 'contains', '"s"'],
    ['!{"k": 1}', json, 'not-contains', '{"k": 1}'],
    ['=null', json, 'equals', 'null'],
    ['{"a": "b && c"}', json, 'contains', '{"a": "b && c"}'],
    ['~"k"', json, 'matches', '"k"'],
    ['b,c', array, 'contains', 'b,c'],
    ['={1,2}', array, 'equals', '{1,2}'],
    ['5', range, 'contains', '5'],
    ['=[1,5)', range, 'equals', '[1,5)'],
    ['calm', other, 'equals', 'calm'],
    ['>calm', other, 'greater', 'calm'],
    ['in (calm, "O\'Brien")', other, 'in', 'calm, "O\'Brien"'],
    ['(1,2)', point, 'equals', '(1,2)'],
    ['*1', point, 'contains', '1'],
  ])('%j', (typed, column, operator, value = '', second = '') => {
    const conditions: TypedCondition[] = [{ operator, text: value, second }];
    expect(parseFilterText(typed, column)).toEqual({ ok: true, conditions });
  });

  it.each<[string, FilteredColumn, [FilterOperator, string][]]>([
    ['', text, []],
    ['   ', number, []],
    [
      '>10 && <20',
      number,
      [
        ['greater', '10'],
        ['less', '20'],
      ],
    ],
    [
      'ab && !null',
      text,
      [
        ['contains', 'ab'],
        ['is-not-null', ''],
      ],
    ],
    [
      '"x && y" && !z',
      text,
      [
        ['contains', 'x && y'],
        ['not-contains', 'z'],
      ],
    ],
  ])('several in one field: %j', (typed, column, expected) => {
    const conditions = expected.map(([operator, value]) => ({ operator, text: value, second: '' }));
    expect(parseFilterText(typed, column)).toEqual({ ok: true, conditions });
  });

  it.each<[string, FilteredColumn, RegExp]>([
    ['>', number, /after >/u],
    ['>=', number, /after >=/u],
    ['=', text, /""/u],
    ['..', number, /before or after/u],
    ['in ()', number, /between the parentheses/u],
    ['5 &&', number, /beside &&/u],
    ['&& 5', number, /beside &&/u],
    ['!>5', number, /does not go together/u],
    ['!^a', text, /does not go together/u],
  ])('says what %j lacks', (typed, column, problem) => {
    const parsed = parseFilterText(typed, column);
    expect(parsed.ok ? '' : parsed.problem).toMatch(problem);
  });
});

describe('a condition in its short writing', () => {
  it.each<[FilteredColumn, FilterOperator, string, string, string]>([
    [text, 'contains', 'abc', '', 'abc'],
    [text, 'contains', 'null', '', '"null"'],
    [text, 'contains', '50%', '', '"50%"'],
    [text, 'equals', '', '', '""'],
    [text, 'equals', 'a', '', '=a'],
    [text, 'like', 'a_', '', '~~a_'],
    [text, 'like', 'a%', '', 'a%'],
    [text, 'between', 'a', 'b', '"a".."b"'],
    [number, 'equals', '5', '', '5'],
    [number, 'between', '1', '2', '1..2'],
    [number, 'contains', '5', '', '*5'],
    [number, 'in', '1, 2', '', 'in (1, 2)'],
    [json, 'not-contains', '{}', '', '!{}'],
    [text, 'is-not-null', 'left over', '', '!null'],
  ])('%j %s %j', (column, operator, value, second, expected) => {
    expect(filterText([{ operator, text: value, second }], column)).toBe(expected);
  });

  it('is null where there is none, and then the field cannot say it', () => {
    const two: TypedCondition[] = [
      { operator: 'contains', text: '{"a": 1}', second: '' },
      { operator: 'is-not-null', text: '', second: '' },
    ];
    expect(filterText(two, json)).toBeNull();
  });

  it('means the same for whatever value, or is not written', () => {
    const value = oneof(
      string(),
      stringMatching(/^[!<>=~^*%".& a]{0,6}$/u),
      constantFrom('null', 'in (a)', 'a && b', 'a..b', ' ', '"', '""'),
    );
    const column = record({
      category: constantFrom(...columnCategories),
      isComparable: anyBoolean(),
    });
    const conditions = column.chain((of) => {
      const operator = constantFrom(...operatorsFor(of));
      const one = record({ operator, text: value, second: value });
      return tuple(constant(of), manyOf(one, { minLength: 1, maxLength: 3 }));
    });
    assert(
      property(conditions, ([of, some]) => {
        const written = filterText(some, of);
        expect(written === null || means(written, some, of)).toBe(true);
      }),
    );
  });

  it('exists for every single condition with a plain value', () => {
    for (const category of columnCategories) {
      for (const isComparable of [true, false]) {
        const column = { category, isComparable };
        for (const operator of operatorsFor(column)) {
          const second = operandsOf[operator] === 2 ? '2' : '';
          const written = filterText([{ operator, text: '1', second }], column);
          expect(written, `${category} ${operator}`).not.toBeNull();
        }
      }
    }
  });
});
