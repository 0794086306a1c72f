import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { qualifiedName, quoteIdentifier } from '../../../../src/main/sql/identifiers';
import { loadParser, parseSql } from '../../../../src/main/sql/parser';

beforeAll(loadParser);

describe('quoteIdentifier', () => {
  it.each([
    ['t', '"t"'],
    ['Select', '"Select"'],
    ['a"b', '"a""b"'],
    ['"', '""""'],
    ['a.b', '"a.b"'],
    ['é😀', '"é😀"'],
    ['a\\b\n', '"a\\b\n"'],
  ])('%j', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('refuses what PostgreSQL has no name for', () => {
    expect(() => quoteIdentifier('')).toThrow(RangeError);
    expect(() => quoteIdentifier('a\0; drop table t')).toThrow(RangeError);
  });

  it('names one relation whatever the name holds', () => {
    // The server cuts longer names off (NAMEDATALEN).
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !text.includes('\0') && Buffer.byteLength(text) < 64);
    fc.assert(
      fc.property(name, name, (schema, relation) => {
        const outcome = parseSql(`select * from ${qualifiedName(schema, relation)}`);
        expect(outcome).toMatchObject({
          ok: true,
          value: [
            {
              SelectStmt: {
                fromClause: [{ RangeVar: { schemaname: schema, relname: relation } }],
              },
            },
          ],
        });
      }),
    );
  });
});
