import { describe, expect, it } from 'vitest';
import {
  arrayDimensions,
  parseArray,
} from '../../../../../src/renderer/components/value/array-literal';
import { parseComposite } from '../../../../../src/renderer/components/value/literal-fields';
import {
  parseMultirange,
  parseRange,
} from '../../../../../src/renderer/components/value/range-literal';
import { formsOf } from '../../../../../src/renderer/components/value/value-forms';
import { valueParts } from '../../../../../src/renderer/components/value/value-parts';

const bound = (value: string | null, isIncluded: boolean) => ({ value, isIncluded });

describe('parseRange', () => {
  it.each([
    ['[1,5)', bound('1', true), bound('5', false)],
    ['(,5]', bound(null, false), bound('5', true)],
    ['(,)', bound(null, false), bound(null, false)],
    ['[-infinity,infinity]', bound('-infinity', true), bound('infinity', true)],
    [
      '["2024-01-01 00:00:00+00","2024-02-01 00:00:00+00")',
      bound('2024-01-01 00:00:00+00', true),
      bound('2024-02-01 00:00:00+00', false),
    ],
    ['["a\\"b","c""d,)"]', bound('a"b', true), bound('c"d,)', true)],
    ['["",b]', bound('', true), bound('b', true)],
  ])('reads %s', (text, lower, upper) => {
    expect(parseRange(text)).toEqual({ text, bounds: { lower, upper } });
  });

  it('knows the empty one, and what is none', () => {
    expect(parseRange('empty')).toEqual({ text: 'empty', bounds: null });
    for (const text of ['', '[1,2', '1,2', '[1]', '[1,2,3]', '[1,2) ']) {
      expect(parseRange(text)).toBeNull();
    }
  });
});

describe('parseMultirange', () => {
  it.each([
    ['{}', []],
    ['{[1,3),[5,7)}', ['[1,3)', '[5,7)']],
    ['{(,)}', ['(,)']],
    ['{["a},b",c)}', ['["a},b",c)']],
  ])('reads %s', (text, expected) => {
    expect(parseMultirange(text)?.map((range) => range.text)).toEqual(expected);
  });

  it.each(['', '[1,2)', '{[1,2)', '{[1,2)x}'])('gives none for %j', (text) =>
    expect(parseMultirange(text)).toBeNull(),
  );
});

describe('parseComposite', () => {
  it.each([
    ['(1,"a b",)', ['1', 'a b', null]],
    ['("say ""hi""","(1,2)",x\\\\y)', ['say "hi"', '(1,2)', 'x\\y']],
    ['("")', ['']],
    ['()', [null]],
  ])('reads %s', (text, expected) => expect(parseComposite(text)).toEqual(expected));

  it.each(['', '1,2', '(1,2', '(1)2'])('gives none for %j', (text) =>
    expect(parseComposite(text)).toBeNull(),
  );
});

describe('arrayDimensions', () => {
  it.each([
    ['{}', []],
    ['{a,b}', [{ lower: 1, length: 2 }]],
    [
      '{{1,2,3},{4,5,6}}',
      [
        { lower: 1, length: 2 },
        { lower: 1, length: 3 },
      ],
    ],
    [
      '[0:1][-1:0]={{1,2},{3,4}}',
      [
        { lower: 0, length: 2 },
        { lower: -1, length: 2 },
      ],
    ],
  ])('of %s', (text, expected) => {
    expect(arrayDimensions(text, parseArray(text) ?? [])).toEqual(expected);
  });
});

describe('valueParts', () => {
  const partsOf = (typeOid: number, text: string) =>
    valueParts({ typeOid }, text)?.map(({ label, text: value, note }) => [label, value, note]);

  it('tells which ends of a range belong to it', () => {
    expect(partsOf(3904, '[1,)')).toEqual([
      ['From', '1', 'included'],
      ['To', '∞', 'no end on this side'],
    ]);
    expect(partsOf(3904, 'empty')).toEqual([['Empty', 'empty', 'it holds no value']]);
    expect(partsOf(4451, '{[1,3),[5,7)}')?.map(([label]) => label)).toEqual([
      '1. From',
      '1. To',
      '2. From',
      '2. To',
    ]);
  });

  it('shows a moment in three zones, the text as sent among them', () => {
    const parts = partsOf(1184, '2024-02-29 12:00:00.123456+02');
    expect(parts?.[0]).toEqual([
      'As sent',
      '2024-02-29 12:00:00.123456+02',
      "in the session's zone",
    ]);
    expect(parts?.[1]).toEqual(['UTC', '2024-02-29 10:00:00.123456 +00:00', null]);
    expect(parts).toHaveLength(3);
    expect(partsOf(1184, 'infinity')).toBeUndefined();
  });

  it.each([
    ['1 year 2 mons -3 days 04:05:06.789', ['1', '2', '-3', '04:05:06.789']],
    ['-1 years', ['-1']],
    ['00:00:00', ['00:00:00']],
    ['-00:00:01', ['-00:00:01']],
  ])('takes the interval %s apart', (text, expected) => {
    expect(partsOf(1186, text)?.map(([, value]) => value)).toEqual(expected);
  });

  it.each(['P1Y2M', '@ 1 year ago', '1-2 3 4:05:06'])(
    'leaves the interval %s, of another style, as it is',
    (text) => expect(partsOf(1186, text)).toBeUndefined(),
  );

  it("takes values of a person's own types apart where they are composite or ranges", () => {
    expect(partsOf(20_000, '(1,)')).toEqual([
      ['1', '1', null],
      ['2', null, null],
    ]);
    expect(partsOf(20_000, '[1,2)')?.[1]).toEqual(['To', '2', 'not included']);
    for (const text of ['calm', 'empty', '[1,2]', '[0.5,1,2]']) {
      expect(partsOf(20_000, text)).toBeUndefined();
    }
    expect(partsOf(2249, '(1,x)')).toHaveLength(2);
    // A point, which is written like a composite value, is none.
    expect(partsOf(600, '(1,2)')).toBeUndefined();
    expect(partsOf(25, '[1,2)')).toBeUndefined();
  });

  it('stands beside the text as sent', () => {
    expect(formsOf({ typeOid: 3904, type: 'int4range' }, '[1,2)')).toEqual(['parts', 'sent']);
    expect(formsOf({ typeOid: 1184, type: 'timestamp with time zone' }, 'infinity')).toEqual([
      'sent',
    ]);
  });
});
