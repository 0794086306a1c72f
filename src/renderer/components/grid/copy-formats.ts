import type { ResultColumn } from '@shared/models/query-result';
import { csvField, plainCsv } from '@shared/formats/csv-field';
import { jsonValue, memberNames } from '@shared/formats/json-value';
import { sqlLiteral } from '@shared/formats/sql-literal';
import { readableIdentifier } from '@shared/sql/identifiers';
import { unreachable } from '../../unreachable';
import type { InsertTarget } from './column-sources';
import type { CellRange } from './selection';

/** What is copied from: exact texts, null for NULL. */
export interface CellTable {
  readonly columns: readonly ResultColumn[];
  text(row: number, column: number): string | null;
}

export type CopyFormat = 'tsv' | 'tsv-headers' | 'csv' | 'json' | 'insert';

function* rowsOf(range: CellRange): Generator<number> {
  for (let row = range.top; row <= range.bottom; row += 1) yield row;
}

const columnsOf = (table: CellTable, range: CellRange): readonly ResultColumn[] =>
  table.columns.slice(range.left, range.right + 1);

const textsOf = (table: CellTable, range: CellRange, row: number): (string | null)[] =>
  columnsOf(table, range).map((_, index) => table.text(row, range.left + index));

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function tabSeparatedField(text: string | null): string {
  if (text === null) return '';
  return /[\t\r\n]|^"/u.test(text) ? quoted(text) : text;
}

const csvFieldOf = (text: string | null): string => csvField(text, plainCsv);

/**
 * Lines of cells parted by tabs, as spreadsheets paste them. One cell is its exact text; in a table a
 * text with a tab, a line break or a quote at its beginning is quoted, or it would fall into two cells.
 */
function toTabSeparated(table: CellTable, range: CellRange, withHeaders: boolean): string {
  const isOneCell = range.top === range.bottom && range.left === range.right && !withHeaders;
  if (isOneCell) return table.text(range.top, range.left) ?? '';
  const lines = withHeaders
    ? [
        columnsOf(table, range)
          .map((column) => tabSeparatedField(column.name))
          .join('\t'),
      ]
    : [];
  for (const row of rowsOf(range)) {
    lines.push(textsOf(table, range, row).map(tabSeparatedField).join('\t'));
  }
  return lines.join('\n');
}

/**
 * RFC 4180 with a header. NULL is an empty field and the empty string a quoted one, as COPY ... CSV
 * writes them, so that the two stay apart.
 */
function toCsv(table: CellTable, range: CellRange): string {
  const lines = [
    columnsOf(table, range)
      .map((column) => csvFieldOf(column.name))
      .join(','),
  ];
  for (const row of rowsOf(range)) lines.push(textsOf(table, range, row).map(csvFieldOf).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** An array of objects, one a row. */
function toJson(table: CellTable, range: CellRange): string {
  const columns = columnsOf(table, range);
  const names = memberNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  const rows: string[] = [];
  for (const row of rowsOf(range)) {
    const members = textsOf(table, range, row).map(
      (text, index) => `${names[index] ?? '""'}: ${jsonValue(text, columns[index]?.typeOid ?? 0)}`,
    );
    rows.push(`  { ${members.join(', ')} }`);
  }
  return `[\n${rows.join(',\n')}\n]\n`;
}

/** One INSERT of all rows, without the columns that the server computes. */
function toInsert(table: CellTable, range: CellRange, target: InsertTarget): string {
  const indexes = columnsOf(table, range)
    .map((_, at) => range.left + at)
    .filter((index) => target.columns[index]?.isGenerated !== true);
  if (indexes.length === 0) {
    const row = `INSERT INTO ${target.relation} DEFAULT VALUES;\n`;
    return row.repeat(range.bottom - range.top + 1);
  }
  // The relation's own name of a column, whatever the result calls it. Of two alike one is to be renamed.
  const names = memberNames(
    indexes.map((index) => target.columns[index]?.column ?? table.columns[index]?.name ?? ''),
  );
  const list = names.map(readableIdentifier).join(', ');
  const overriding = indexes.some((index) => target.columns[index]?.isIdentityAlways === true)
    ? ' OVERRIDING SYSTEM VALUE'
    : '';
  const rows: string[] = [];
  for (const row of rowsOf(range)) {
    const values = indexes.map((index) =>
      sqlLiteral(table.text(row, index), table.columns[index]?.typeOid ?? 0),
    );
    rows.push(`  (${values.join(', ')})`);
  }
  return `INSERT INTO ${target.relation} (${list})${overriding} VALUES\n${rows.join(',\n')};\n`;
}

/** The cells of a range in a format. `target` is what "insert" inserts into. */
export function formatCells(
  table: CellTable,
  range: CellRange,
  format: CopyFormat,
  target: InsertTarget,
): string {
  switch (format) {
    case 'tsv':
      return toTabSeparated(table, range, false);
    case 'tsv-headers':
      return toTabSeparated(table, range, true);
    case 'csv':
      return toCsv(table, range);
    case 'json':
      return toJson(table, range);
    case 'insert':
      return toInsert(table, range, target);
    default:
      return unreachable(format);
  }
}
