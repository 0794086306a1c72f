import { assert, nat, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { offsetOfPosition } from '../../../../../src/main/db/errors/statement-position';
import { codePoint } from '../../../../fixtures/code-point';

it.each([
  ['the first character', 'SELEC 1', 1, 0],
  ['a later one', 'SELECT nothing', 8, 7],
  ['after a character of the supplementary planes', "SELECT '😀', x", 13, 13],
  ['between two of them', '😀😀', 2, 2],
  ['after a combining mark, which counts by itself', 'e\u0301x', 3, 2],
  ['after a lone surrogate, which is sent as one character', '\ud83dx', 2, 1],
  ['just after the end', 'SELECT (', 9, 8],
  ['far after the end', 'ab', 99, 2],
  ['in an empty text', '', 1, 0],
])('%s', (_, text, position, offset) => {
  expect(offsetOfPosition(text, position)).toBe(offset);
});

it('finds the same character as counting code points does', () => {
  assert(
    property(string({ unit: codePoint, minLength: 1 }), nat(), (text, seed) => {
      const characters = Array.from(text);
      const index = seed % characters.length;
      const offset = offsetOfPosition(text, index + 1);
      expect(offset).toBe(characters.slice(0, index).join('').length);
    }),
  );
});
