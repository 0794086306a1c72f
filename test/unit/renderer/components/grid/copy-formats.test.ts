import { describe, expect, it } from 'vitest';
import { formatCells } from '../../../../../src/renderer/components/grid/copy-formats';
import type { ColumnSource } from '../../../../../src/shared/models/column-source';
import { column } from './row-batches';

const columns = [column('id', 20), column('Name'), column('data', 3802), column('ok', 16)];
const rows = [
  ['9007199254740993', 'O\'Brien, "Al"', '{"n": 1.10}', 't'],
  ['-1', null, null, 'f'],
  ['2', '', 'null', null],
];
const table = {
  columns,
  text: (row: number, index: number) => rows[row]?.[index] ?? null,
};
const all = { top: 0, bottom: 2, left: 0, right: 3 };
const one = (row: number, index: number) => ({ top: row, bottom: row, left: index, right: index });

const into = (relation: string) => ({ relation, columns: [] });

describe('formatCells', () => {
  it('copies one cell as its exact text', () => {
    const text = 'a\tb\n"c"';
    const single = { columns: [column('x')], text: () => text };
    expect(formatCells(single, one(0, 0), 'tsv', into('t'))).toBe(text);
    expect(formatCells(table, one(1, 1), 'tsv', into('t'))).toBe('');
  });

  it('parts a range by tabs, and quotes what would fall apart', () => {
    const broken = { columns: [column('x'), column('y')], text: () => 'a\tb' };
    expect(formatCells(broken, { top: 0, bottom: 0, left: 0, right: 1 }, 'tsv', into('t'))).toBe(
      '"a\tb"\t"a\tb"',
    );
    expect(formatCells(table, { ...all, right: 1 }, 'tsv-headers', into('t'))).toBe(
      'id\tName\n9007199254740993\tO\'Brien, "Al"\n-1\t\n2\t',
    );
  });

  it('keeps NULL and the empty string apart in CSV', () => {
    expect(formatCells(table, { ...all, right: 1 }, 'csv', into('t'))).toBe(
      'id,Name\r\n9007199254740993,"O\'Brien, ""Al"""\r\n-1,\r\n2,""\r\n',
    );
  });

  it('writes numbers into JSON as they were sent', () => {
    const json = formatCells(table, all, 'json', into('t'));
    expect(json).toContain('"id": 9007199254740993');
    expect(json).toContain('"data": {"n": 1.10}');
    expect(JSON.parse(json)).toHaveLength(3);
    expect(JSON.parse(json)[1]).toEqual({ id: -1, Name: null, data: null, ok: false });
  });

  it('writes numbers that JSON does not know as strings', () => {
    const special = { columns: [column('x', 701), column('y', 1700)], text: () => 'NaN' };
    const json = formatCells(special, { top: 0, bottom: 0, left: 0, right: 1 }, 'json', into('t'));
    expect(JSON.parse(json)).toEqual([{ x: 'NaN', y: 'NaN' }]);
  });

  it('loses no column with a name that repeats', () => {
    const repeated = {
      columns: [column('a'), column('a'), column('a_2')],
      text: (_row: number, index: number) => String(index),
    };
    const json = formatCells(repeated, { top: 0, bottom: 0, left: 0, right: 2 }, 'json', into('t'));
    expect(JSON.parse(json)).toEqual([{ a: '0', a_2: '1', a_2_2: '2' }]);
  });

  it('writes an INSERT that PostgreSQL reads back as the same values', () => {
    expect(formatCells(table, all, 'insert', into('public.person'))).toBe(
      'INSERT INTO public.person (id, "Name", data, ok) VALUES\n' +
        "  (9007199254740993, 'O''Brien, \"Al\"', '{\"n\": 1.10}', true),\n" +
        '  (-1, NULL, NULL, false),\n' +
        "  (2, '', 'null', NULL);\n",
    );
    const path = { columns: [column('order')], text: () => 'C:\\new' };
    expect(formatCells(path, one(0, 0), 'insert', into('t'))).toBe(
      `INSERT INTO t ("order") VALUES\n  (E'C:\\\\new');\n`,
    );
    const infinite = { columns: [column('x', 701)], text: () => '-Infinity' };
    expect(formatCells(infinite, one(0, 0), 'insert', into('t'))).toContain("('-Infinity')");
  });

  it('leaves what the server computes out of an INSERT, and calls columns as their relation does', () => {
    const source = (name: string, facts: Partial<ColumnSource> = {}): ColumnSource => ({
      schema: 'public',
      table: 'line',
      column: name,
      notNull: false,
      isGenerated: false,
      isIdentityAlways: false,
      comment: null,
      ...facts,
    });
    const lines = {
      columns: [column('total', 1700), column('number', 20), column('text')],
      text: (_row: number, index: number) => String(index),
    };
    const target = {
      relation: 'public.line',
      columns: [
        source('total', { isGenerated: true }),
        source('id', { isIdentityAlways: true }),
        source('note'),
      ],
    };
    const whole = { top: 0, bottom: 1, left: 0, right: 2 };
    expect(formatCells(lines, whole, 'insert', target)).toBe(
      `INSERT INTO public.line (id, note) OVERRIDING SYSTEM VALUE VALUES\n  (1, '2'),\n  (1, '2');\n`,
    );
    expect(formatCells(lines, { ...whole, left: 2 }, 'insert', target)).toBe(
      `INSERT INTO public.line (note) VALUES\n  ('2'),\n  ('2');\n`,
    );
    expect(formatCells(lines, { ...whole, right: 0 }, 'insert', target)).toBe(
      'INSERT INTO public.line DEFAULT VALUES;\nINSERT INTO public.line DEFAULT VALUES;\n',
    );
  });

  it('lists no column of an INSERT twice', () => {
    const joined = { columns: [column('id', 20), column('id', 20)], text: () => '1' };
    expect(
      formatCells(joined, { top: 0, bottom: 0, left: 0, right: 1 }, 'insert', into('t')),
    ).toContain('(id, id_2)');
  });
});
