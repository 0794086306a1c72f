import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestScore,
  fitsName,
  foldText,
  markedPlaces,
  patternOf,
  scoreBound,
  scoreName,
  scoreText,
  wordStartMask,
} from '../../../../src/shared/search/name-match';
import { codePoint } from '../../../fixtures/code-point';

const score = (name: string, typed: string): number => scoreText(name, patternOf(typed));
const marked = (name: string, typed: string): string =>
  markedPlaces(name, patternOf(typed))
    .map((place) => name.charAt(place))
    .join('');

describe('scoreText', () => {
  it.each([
    ['exact above prefix', 'orders', ['orders', 'orders_archive']],
    ['prefix above a word inside', 'order', ['order_items', 'customer_order']],
    ['a word above initials', 'ord', ['customer_orders', 'old_retail_data']],
    ['a word above the middle of one', 'date', ['due_date', 'updated']],
    ['initials above scattered letters', 'oi', ['order_items', 'horizontal_lines_i']],
    ['tight above wide', 'cstm', ['customer', 'c_x_s_x_t_x_xm']],
    ['short above long', 'inv', ['invoice', 'invoice_line_items']],
    ['camelCase words', 'items', ['orderItems', 'orderxitems']],
  ])('ranks %s', (_what, typed, [better = '', worse = '']) => {
    expect(score(better, typed)).toBeGreaterThan(score(worse, typed));
    expect(score(worse, typed)).toBeGreaterThan(0);
  });

  it('ignores case and the white space between words', () => {
    expect(score('Orders', 'oRDERS')).toBe(bestScore);
    expect(score('order_items', 'order items')).toBeGreaterThan(0);
    expect(score('ÄRGER', 'ärger')).toBe(bestScore);
  });

  it('refuses what is not there, in order', () => {
    expect(score('orders', 'sredro')).toBe(0);
    expect(score('orders', 'ordersx')).toBe(0);
    expect(score('', 'a')).toBe(0);
  });

  it('fits everything to nothing', () => {
    expect(score('anything', '  ')).toBeGreaterThan(0);
  });

  it('fits exactly the names that have the letters in order', () => {
    const letters = string({ unit: constantFrom('a', 'b', 'c', '_', 'A'), maxLength: 12 });
    assert(
      property(letters, letters, (name, typed) => {
        let rest = typed.toLowerCase();
        for (const unit of name.toLowerCase()) if (rest.startsWith(unit)) rest = rest.slice(1);
        expect(score(name, typed) > 0).toBe(rest === '');
      }),
    );
  });
});

describe('markedPlaces', () => {
  it('marks what the score was given for', () => {
    expect(markedPlaces('customer_orders', patternOf('orders'))).toEqual([9, 10, 11, 12, 13, 14]);
    expect(markedPlaces('order_items', patternOf('ordit'))).toEqual([0, 1, 2, 6, 7]);
    expect(markedPlaces('shipment', patternOf('smt'))).toEqual([0, 4, 7]);
    expect(markedPlaces('orders', patternOf('x'))).toEqual([]);
  });

  it('marks the pattern, whatever the name', () => {
    assert(
      property(string({ unit: codePoint }), string({ maxLength: 6 }), (name, typed) => {
        if (score(name, typed) === 0) return;
        const wanted = foldText(typed.replace(/\s+/gu, ''));
        expect(foldText(marked(name, typed))).toBe(wanted);
      }),
    );
  });
});

describe('foldText', () => {
  it('keeps the length of a letter whose lower case is longer', () => {
    expect(foldText('İstanbul')).toHaveLength('İstanbul'.length);
    expect(foldText('ABC')).toBe('abc');
  });
});

describe('what is told without comparing', () => {
  const letters = string({ unit: constantFrom('a', 'b', 'B', '_', '1', '2', 'é'), maxLength: 8 });

  it('never falls below the score, and fits just where the score is above 0', () => {
    assert(
      property(letters, letters, (name, typed) => {
        const units = Uint16Array.from(name, (character) => character.charCodeAt(0));
        const folded = Uint16Array.from(foldText(name), (character) => character.charCodeAt(0));
        const text = { units, folded };
        const pattern = patternOf(typed);
        const score = scoreName(text, 0, name.length, pattern);
        expect(fitsName(text, 0, name.length, pattern)).toBe(score > 0);
        const wordStarts = wordStartMask(text, 0, name.length);
        expect(scoreBound(text, 0, name.length, wordStarts, pattern)).toBeGreaterThanOrEqual(score);
      }),
      { numRuns: 2_000 },
    );
  });
});
