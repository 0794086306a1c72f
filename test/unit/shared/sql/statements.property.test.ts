import * as fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { QueryValidator } from '../../../../src/main/services/query-validator';
import { loadParser, parseSql } from '../../../../src/main/sql/parser';
import { splitStatements, statementAt } from '../../../../src/shared/sql/statements';
import { conditionCases } from '../../main/services/query-validator/cases/conditions';
import { dataChangeCases } from '../../main/services/query-validator/cases/data-changes';
import { serverCases } from '../../main/services/query-validator/cases/server';
import { structureCases } from '../../main/services/query-validator/cases/structure';
import { codePoint } from '../../../fixtures/code-point';

// Thousands of random texts, or traps of the parser, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(loadParser);

const content = fc.string({ unit: 'grapheme', maxLength: 12 });
/** Characters that a scanner may stumble over, close together. */
const awkward = fc.string({
  unit: fc.constantFrom("'", ';', '"', '$', '\\', '-', '/', '*', '(', ')', '\n', ' ', 'E'),
  maxLength: 12,
});
const inside = fc.oneof(content, awkward);

const string = inside.map((text) => `'${text.replaceAll("'", "''")}'`);
const escapeString = inside.map(
  (text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
);
const quotedIdentifier = inside.map((text) => `"${text.replaceAll('"', '""')}"`);
const dollarQuoted = inside.map((text) => `$q$${text.replaceAll('$', '')}$q$`);
const blockComment = inside.map((text) => `/*${text.replaceAll(/[*/]/g, '')}/* ; */*/`);
const lineComment = inside.map((text) => `-- ${text.replaceAll(/[\n\r]/g, '')}\n`);
const unicodeQuoted = inside.map((text) => `U&'${text.replaceAll("'", "''")}' uescape ';'`);
const unicodeTag = inside.map((text) => `$é_1$${text.replaceAll('$', '')}$$$é_1$`);
/** One constant over two lines: a backslash in its second part counts as in the first. */
const continued = fc
  .tuple(inside, fc.constantFrom('\n', ' \r\n ', " -- ; ' \n", '\t--\r'))
  .map(([text, gap]) => {
    const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    return `e'${escaped}'${gap}'\\'${escaped};'`;
  });
const operator = fc.constantFrom(
  '@/* ; */1',
  '->>-- ;\n1',
  '2-/* ; /* ; */ */1',
  '@?|&#',
  'a[:n]',
  ':x::int',
  '1_000',
  '0x1F',
  '.5e-3',
  'a ? b',
  "B'1'",
  "n';'",
);
const plain = fc.constantFrom('a', 'from', '42', '$1', '+', ',', '.', '(b)', 'case', 'end', 'é');

const atom = fc.oneof(
  string,
  escapeString,
  quotedIdentifier,
  dollarQuoted,
  blockComment,
  lineComment,
  unicodeQuoted,
  unicodeTag,
  continued,
  operator,
  plain,
);
/**
 * A statement that begins and ends with a word, so that what is attached to it is its own. Commas keep
 * strings apart, which go on over a line break otherwise.
 */
const statement = fc
  .array(atom, { maxLength: 8 })
  .map((atoms) => ['select', ...atoms, 'z'].join(' , '));
const { command } = fc.letrec<{ expression: string; command: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('1', 'n', 't.end', 't.case', '"end"', "';end'", '$$;end$$', 'n /* end; */'),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([a, b]) => `case when ${a} is null then ${b} end`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `CASE ${a} when ${b} then 1 Else ${c} END`),
  ),
  command: fc.oneof(
    tie('expression').map((value) => `select ${value}`),
    tie('expression').map((value) => `insert into t values (${value}) returning n as end`),
    tie('expression').map(
      (value) => `update t set n = ${value} where (n, 1) in (select 1, 2 as case)`,
    ),
    tie('expression').map((value) => `with a as materialized (select ${value}) select * from a`),
  ),
}));
/** What holds semicolons of its own. */
const routine = fc
  .tuple(
    fc.constantFrom(
      'create function f(n int default case when true then 1 end) returns int',
      'CREATE OR REPLACE PROCEDURE s."end;"() language sql',
      'create /* ; */ function begin_() returns table (a int) immutable',
    ),
    fc.constantFrom('begin atomic', 'BEGIN -- ;\n ATOMIC'),
    fc.array(command, { maxLength: 4 }),
  )
  .map(
    ([head, begin, commands]) =>
      `${head} ${begin} ${commands.map((text) => `${text}; `).join('')}END`,
  );
const rule = fc
  .array(command, { minLength: 1, maxLength: 3 })
  .map((commands) => `create or replace rule r as on insert to t do also (${commands.join('; ')})`);
const separator = fc.constantFrom(';', ';\n', ' ; ', ';;', '; -- x\n', ';\n\n/* x */\n\n', ';\r\n');

describe('splitStatements', () => {
  it('gives back the statements that were joined', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(statement, separator), { maxLength: 6 }), (parts) => {
        const sql = parts.flat().join('');
        expect(splitStatements(sql).map(({ text }) => text)).toEqual(parts.map(([text]) => text));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the semicolons within the bodies of routines and rules', () => {
    const whole = fc.oneof(routine, rule, command);
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 4 }), (parts) => {
        const sql = parts.join(';\n');
        expect(splitStatements(sql).map(({ text }) => text)).toEqual(parts);
        const outcome = parseSql(sql);
        expect(outcome.ok && outcome.value).toHaveLength(parts.length);
      }),
      { numRuns: 300 },
    );
  });

  it('takes the rows of COPY as they are', () => {
    const rows = fc.array(
      inside.map((text) => text.replaceAll(/[\n\r]/gu, '').replace(/^\\\.$/u, '')),
    );
    const copied = fc.tuple(rows, fc.constantFrom('\n', '\r\n'), fc.constantFrom('', ' ', ' -- ;'));
    fc.assert(
      fc.property(fc.array(copied, { maxLength: 3 }), (blocks) => {
        const data = blocks.map(([lines, end]) => lines.map((line) => line + end).join(''));
        const sql = blocks
          .map(
            ([, end, rest], index) =>
              `copy t from stdin;${rest}${end}${data[index]}\\.${end}select 1;${end}`,
          )
          .join('');
        const found = splitStatements(sql);
        expect(found.map(({ kind }) => kind)).toEqual(blocks.flatMap(() => ['copy-data', 'sql']));
        const taken = found.flatMap((statement) =>
          statement.kind === 'copy-data' && statement.data !== null
            ? [sql.slice(statement.data.from, statement.data.to)]
            : [],
        );
        expect(taken).toEqual(data);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with the grammar on whole scripts', () => {
    const valid = [...conditionCases, ...dataChangeCases, ...serverCases, ...structureCases]
      .map(([sql]) => sql)
      .filter((sql) => splitStatements(sql).every(({ kind }) => kind === 'sql'));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...valid), { maxLength: 10 }), (parts) => {
        const sql = parts.map((part) => `${part}\n;\n`).join('');
        const outcome = parseSql(sql);
        expect(outcome.ok && outcome.value).toHaveLength(splitStatements(sql).length);
      }),
      { numRuns: 300 },
    );
  });

  it('gives ranges in order, within the text, for any text', () => {
    fc.assert(
      fc.property(
        fc.array(inside).map((texts) => texts.join('')),
        (sql) => {
          let end = 0;
          for (const { range, text, ...found } of splitStatements(sql)) {
            expect(range.from).toBeGreaterThanOrEqual(end);
            expect(range.to).toBeGreaterThan(range.from);
            expect(found.end).toBeGreaterThanOrEqual(range.to);
            expect(sql.slice(range.from, range.to)).toBe(text);
            ({ end } = found);
          }
          expect(end).toBeLessThanOrEqual(sql.length);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('statementAt', () => {
  it('finds each statement at each of its characters', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(statement, separator), { maxLength: 4 }), (parts) => {
        const sql = parts.flat().join('');
        for (const found of splitStatements(sql)) {
          for (let offset = found.range.from + 1; offset <= found.range.to; offset += 1) {
            expect(statementAt(sql, offset)).toBe(found);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives one of the statements or none at any offset of any text', () => {
    fc.assert(
      fc.property(inside, fc.nat(40), (sql, offset) => {
        expect([null, ...splitStatements(sql)]).toContain(statementAt(sql, offset));
      }),
    );
  });
});

describe('QueryValidator', () => {
  it('has an answer for any text', () => {
    const words =
      "select delete from t where do $$ ; ( ) ' begin end copy stdin \n \\. \\d create function atomic rule as :x with update set = 1 in drop table -- /* */ 😀 \0";
    const word = fc.constantFrom(...words.split(' '));
    const text = fc.oneof(
      fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
      fc.string({ unit: codePoint }),
    );
    fc.assert(
      fc.property(text, (sql) => {
        const analyses = QueryValidator.analyse(sql);
        expect(analyses).toHaveLength(splitStatements(sql).length);
        const unasked = analyses.filter(
          ({ kind, risks }) =>
            kind === 'unknown' && !risks.some(({ level }) => level === 'confirm'),
        );
        expect(unasked).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['parentheses', (depth: number) => `select ${'('.repeat(depth)}1${')'.repeat(depth)}`],
    ['sums', (depth: number) => `select ${'1+'.repeat(depth)}1`],
    ['unions', (depth: number) => `select 1${' union all select 1'.repeat(depth)}`],
    ['opened blocks', (depth: number) => 'create function f() begin atomic ;'.repeat(depth)],
    ['opened rules', (depth: number) => 'create rule r do (;'.repeat(depth)],
    ['unfinished COPY', (depth: number) => 'copy t from stdin;\n'.repeat(depth)],
    ['comments on one line', (depth: number) => '/**/'.repeat(depth)],
    ['open comments', (depth: number) => '/*'.repeat(depth)],
    ['open strings', (depth: number) => "'".repeat(depth * 2 + 1)],
    ['dollars', (depth: number) => '$a$$'.repeat(depth)],
    ['backslashes', (depth: number) => '\\'.repeat(depth)],
    ['commands of psql', (depth: number) => '\\d x \\d y\n'.repeat(depth)],
  ])('comes to an end on 20,000 %s', (_name, build) => {
    expect(() => QueryValidator.analyse(build(20_000))).not.toThrow();
  });
});
