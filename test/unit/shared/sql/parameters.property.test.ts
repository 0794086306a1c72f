import * as fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadParser, parseSql } from '../../../../src/main/sql/parser';
import {
  bindParameters,
  findParameters,
  maskNamedParameters,
} from '../../../../src/shared/sql/parameters';
import { codePoint } from '../../../fixtures/code-point';

vi.setConfig({ testTimeout: 60_000 });
beforeAll(loadParser);

/** Pieces of expressions, and how often a parameter is among them. */
const plain = fc.constantFrom(
  "'it''s :a'",
  '":b"',
  'x::text',
  'a[1:2]',
  'a[lo:hi]',
  'a[:hi]',
  "json_object('k':v)",
  '$q$ :c $1 $q$',
  'f(y => 1)',
  '/* :d */ 1',
  'ARRAY[1, 2]',
  '"Ü😀"',
);
const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/);
const parameter = fc.oneof(
  name.map((word) => `:${word}`),
  fc.integer({ min: 1, max: 30 }).map((number) => `$${number}`),
);
const piece = fc.oneof(
  plain.map((text) => ({ text, isParameter: false })),
  parameter.map((text) => ({ text, isParameter: true })),
);
const separator = fc.constantFrom(', ', ' = ', ' + ', ' || ', ' AND ', '\n, ');
const expression = fc.array(fc.tuple(piece, separator), { minLength: 1, maxLength: 12 });

describe('parameters', () => {
  it('are found where they stand and nowhere else', () => {
    fc.assert(
      fc.property(expression, (pieces) => {
        let sql = 'SELECT ';
        const expected: string[] = [];
        for (const [{ text, isParameter }, between] of pieces) {
          if (isParameter) expected.push(text);
          sql += text + between;
        }
        sql += '1';
        const found = findParameters(sql);
        expect(found.map((use) => use.name)).toEqual(expected);
        for (const use of found) expect(sql.slice(use.from, use.to)).toBe(use.name);
      }),
      { numRuns: 500 },
    );
  });

  it('leave text without any named one as it is, and its grammar too', () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 8 }), (pieces) => {
        const sql = `SELECT ${pieces.join(', ')}`;
        expect(parseSql(sql).ok).toBe(true);
        expect(bindParameters(sql).text).toBe(sql);
      }),
    );
  });

  it('are taken by the grammar once they are numbered, with positions that lead back', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 25 }), (pieces) => {
        const sql = `SELECT ${pieces.map(({ text }) => text).join(', ')} FROM t WHERE last = 'word'`;
        const bound = bindParameters(sql);
        expect(parseSql(bound.text).ok).toBe(true);
        expect(parseSql(maskNamedParameters(sql)).ok).toBe(true);
        expect(maskNamedParameters(sql).length).toBe(sql.length);
        const at = bound.text.lastIndexOf("'word'");
        expect(bound.originalOffset(at)).toBe(sql.lastIndexOf("'word'"));
        for (const use of findParameters(bound.text)) {
          const original = bound.names[Number(use.name.slice(1)) - 1];
          const from = bound.originalOffset(use.from);
          expect(sql.slice(from, from + (original?.length ?? 0))).toBe(original);
        }
      }),
    );
  });

  it('never raise, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (text) => {
        expect(maskNamedParameters(text).length).toBe(text.length);
        bindParameters(text);
      }),
    );
  });
});
