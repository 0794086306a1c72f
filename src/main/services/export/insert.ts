import { booleanType, isNumericType } from '@shared/formats/built-in-types';
import { memberNames } from '@shared/formats/json-value';
import { sqlLiteral } from '@shared/formats/sql-literal';
import type { InsertOptions } from '@shared/models/export';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import { ByteWriter, markBytes } from './byte-writer';
import { type CellForm, encodeCells, type OpenCell, type TakeCell } from './cells';
import { nothing, notifyRenamed, type TextEncodingFactory } from './encoder';
import { StyleWatch } from './style-watch';
import { decodeText } from './text';

const quote = 0x27;
const backslash = 0x5c;
const closeParenthesis = 0x29;
const nullBytes = Buffer.from('NULL');
const separator = Buffer.from(', ');
const rowSeparator = Buffer.from(',\n  (');
const statementEnd = Buffer.from(');\n');
const inStrings = markBytes((byte) => byte === quote || byte === backslash);

/**
 * INSERT statements of so many rows each. Literals carry no type: each takes that of its column, also
 * in VALUES of several rows (PostgreSQL source, transformInsertStmt). Generated columns are left out.
 */
export const insertEncoding: TextEncodingFactory<InsertOptions> = (columns, options, notify) => {
  const { schema, table, rowsPerStatement } = options;
  const target = schema === '' ? quoteIdentifier(table) : qualifiedName(schema, table);
  const written = columns.filter(({ isGenerated }) => isGenerated !== true);
  const names = memberNames(written.map(({ name }) => name));
  notifyRenamed(written, names, notify);
  const list = names.map((name) => quoteIdentifier(name)).join(', ');
  const overriding = columns.some(({ isIdentityAlways }) => isIdentityAlways === true)
    ? ' OVERRIDING SYSTEM VALUE'
    : '';
  const begin =
    written.length === 0
      ? `INSERT INTO ${target} DEFAULT VALUES`
      : `INSERT INTO ${target} (${list})${overriding} VALUES`;
  const writer = new ByteWriter();
  // None for a column that is left out.
  const writers = columns.map(({ typeOid, isGenerated }) =>
    isGenerated === true ? null : literalWriter(writer, typeOid),
  );
  const firstWritten = writers.findIndex((write) => write !== null);
  const styles = new StyleWatch(columns, notify);
  let rowsInStatement = 0;

  const beginValue = (column: number): void => {
    if (column > firstWritten) writer.bytes(separator);
    else if (rowsInStatement === 0) writer.text(`${begin}\n  (`);
    else writer.bytes(rowSeparator);
  };
  const takeCell: TakeCell = (bytes, start, end, column) => {
    const write = writers[column] ?? null;
    if (write === null) return;
    beginValue(column);
    if (end < 0) writer.bytes(nullBytes);
    else {
      styles.see(column, bytes, start, end);
      write(bytes, start, end);
    }
  };
  const openCell: CellForm['openCell'] = (bytes, start, end, column) => {
    if ((writers[column] ?? null) === null) return leftOut;
    beginValue(column);
    styles.see(column, bytes, start, end);
    const cell = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    writer.text(cell.includes(backslash) ? `E'` : `'`);
    return {
      // Backslashes too, with which it is an E'…'.
      write: (from, to) => writer.copyDoubled(inStrings, bytes, from, to),
      end: () => writer.byte(quote),
    };
  };
  const endRow = (): void => {
    rowsInStatement += 1;
    if (rowsInStatement < rowsPerStatement) writer.byte(closeParenthesis);
    else {
      writer.bytes(statementEnd);
      rowsInStatement = 0;
    }
  };

  return {
    begin: () => nothing,
    encode: (batch, rows) =>
      written.length === 0
        ? [Buffer.from(`${begin};\n`.repeat(rows.to - rows.from))]
        : encodeCells(writer, batch, rows, { takeCell, openCell, endRow }),
    end: () => (rowsInStatement === 0 ? nothing : Buffer.from(';\n')),
  };
};

/** Copies a value byte by byte where nothing in it takes care; `sqlLiteral` has the word on all others. */
function literalWriter(
  writer: ByteWriter,
  typeOid: number,
): (bytes: Uint8Array, start: number, end: number) => void {
  const carefully = (bytes: Uint8Array, start: number, end: number): void =>
    writer.text(sqlLiteral(decodeText(bytes.subarray(start, end)), typeOid));
  if (isNumericType(typeOid) || typeOid === booleanType) return carefully;
  return (bytes, start, end) => {
    if (!writer.copyQuotedUnless(inStrings, quote, bytes, start, end)) carefully(bytes, start, end);
  };
}

/** A long value of a generated column. */
const leftOut: OpenCell = { write: () => undefined, end: () => undefined };
