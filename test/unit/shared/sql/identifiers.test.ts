import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  qualifiedName,
  quoteIdentifier,
  readableIdentifier,
} from '../../../../src/shared/sql/identifiers';
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

describe('readableIdentifier', () => {
  it.each([
    ['t', 't'],
    ['order_2', 'order_2'],
    ['Order', '"Order"'],
    ['order', '"order"'],
    ['select', '"select"'],
    ['left', '"left"'],
    ['2nd', '"2nd"'],
    ['a b', '"a b"'],
  ])('%s', (name, written) => {
    expect(readableIdentifier(name)).toBe(written);
  });

  it.each([
    'user',
    'int',
    'authorization',
    'values',
    'coalesce',
    'day',
    'name',
    'Größe',
    '$a',
    'a$',
  ])('is read as the relation and the column %s', (name) => {
    const written = readableIdentifier(name);
    expect(parseSql(`select ${written} from ${written}`)).toMatchObject({
      ok: true,
      value: [
        {
          SelectStmt: {
            targetList: [
              { ResTarget: { val: { ColumnRef: { fields: [{ String: { sval: name } }] } } } },
            ],
            fromClause: [{ RangeVar: { relname: name } }],
          },
        },
      ],
    });
  });
});
