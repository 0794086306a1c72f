import { array, assert, constantFrom, integer, pre, property } from 'fast-check';
import { expect, test } from 'vitest';
import { cutToWidth } from '../../../../../src/renderer/components/grid/cut-text';

/** As wide as a font might have it: marks take no room, some characters take two. */
function measure(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}|\u200d/u.test(character)) continue;
    width += /[\u3000-\u9fff]|\p{Extended_Pictographic}/u.test(character) ? 14 : 7;
  }
  return width;
}

test('text that fits stays as it is', () => {
  expect(cutToWidth('orders', 42, measure)).toBe('orders');
  expect(cutToWidth('', 0, measure)).toBe('');
});

test('text that does not fit ends with an ellipsis', () => {
  expect(cutToWidth('orders', 41, measure)).toBe('orde…');
  expect(cutToWidth('漢字かな', 45, measure)).toBe('漢字…');
  expect(cutToWidth('orders', 3, measure)).toBe('…');
});

test('no part of a character is left at the end', () => {
  // Cut between the two units of an emoji, before the accent of an "e", and within a family.
  expect(cutToWidth('ab\u{1f600}cd', 27, measure)).toBe('ab…');
  expect(cutToWidth('abe\u0301cd', 27, measure)).toBe('ab…');
  expect(cutToWidth('a\u{1f468}\u200d\u{1f469}bcd', 28, measure)).toBe('a…');
});

const character = constantFrom('a', 'Я', '漢', 'e\u0301', '\u{1f600}', ' ', '…');
const characters = array(character, { minLength: 1, maxLength: 60 });
const rooms = integer({ min: 7, max: 500 });

test('text is cut where it does not fit, and only there', () => {
  assert(
    property(characters, rooms, (parts, room) => {
      const text = parts.join('');
      const cut = cutToWidth(text, room, measure);
      expect(measure(cut)).toBeLessThanOrEqual(room);
      expect(cut === text).toBe(measure(text) <= room);
    }),
  );
});

test('what is left is a beginning, and one more character would not fit', () => {
  assert(
    property(characters, rooms, (parts, room) => {
      const text = parts.join('');
      pre(measure(text) > room);
      const cut = cutToWidth(text, room, measure);
      const beginnings = parts.map((_, index) => `${parts.slice(0, index).join('')}…`);
      const index = beginnings.indexOf(cut);
      expect(index).toBeGreaterThanOrEqual(0);
      expect(measure(beginnings[index + 1] ?? text)).toBeGreaterThan(room);
    }),
  );
});
