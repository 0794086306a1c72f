import { booleanType, isJsonType, isNumericType } from '@shared/formats/built-in-types';
import { jsonValue, memberNames } from '@shared/formats/json-value';
import { ByteWriter, markBytes } from './byte-writer';
import { type CellForm, encodeCells, type OpenCell, type TakeCell } from './cells';
import { nothing, notifyRenamed, type Notify, type TextEncodingFactory } from './encoder';
import type { ExportColumn } from './row-source';
import { decodeText } from './text';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const nullBytes = Buffer.from('null');
const numberBytes = new Set(Buffer.from('0123456789+-.eE'));

/** What takes a string to escape; from 0x80 on also what may be no valid UTF-8. */
const inStrings = markBytes(
  (byte) => byte < 0x20 || byte === quote || byte === backslash || byte >= 0x80,
);
const notInNumbers = markBytes((byte) => !numberBytes.has(byte));
const inJson = markBytes((byte) => byte === 0x0a || byte === 0x0d || byte >= 0x80);

/** One array of objects, one object a line. */
export const jsonEncoding: TextEncodingFactory<unknown> = (columns, _options, notify) => {
  const writer = new ByteWriter();
  const nextRowBegin = Buffer.from(',\n{');
  let rowBegin = Buffer.from('\n{');
  const beginRow = (): void => {
    writer.bytes(rowBegin);
    rowBegin = nextRowBegin;
  };
  const form = objectForm(writer, columns, notify, {
    begin: beginRow,
    end: () => writer.byte(closeBrace),
  });
  return {
    begin: () => Buffer.from('['),
    encode: (batch, rows) => encodeCells(writer, batch, rows, form),
    end: () => Buffer.from(rowBegin === nextRowBegin ? '\n]\n' : ']\n'),
  };
};

/** Newline-delimited JSON: an object a line, and nothing else. */
export const ndjsonEncoding: TextEncodingFactory<unknown> = (columns, _options, notify) => {
  const writer = new ByteWriter();
  const rowEnd = Buffer.from('}\n');
  const form = objectForm(writer, columns, notify, {
    begin: () => writer.byte(openBrace),
    end: () => writer.bytes(rowEnd),
  });
  return {
    begin: () => nothing,
    encode: (batch, rows) => encodeCells(writer, batch, rows, form),
    end: () => nothing,
  };
};

/**
 * Writes each row as an object, between what begins and ends a row. Values are copied byte by byte
 * where nothing in them takes care; the others become strings, and `jsonValue` has the word.
 */
function objectForm(
  writer: ByteWriter,
  columns: readonly ExportColumn[],
  notify: Notify,
  row: { readonly begin: () => void; readonly end: () => void },
): CellForm {
  const names = memberNames(columns.map(({ name }) => name));
  notifyRenamed(columns, names, notify);
  const begins = names.map((name, column) =>
    Buffer.from(`${column === 0 ? '' : ','}${JSON.stringify(name)}:`),
  );
  const writers = columns.map(({ typeOid }) => valueWriter(writer, typeOid));
  const beginMember = (column: number): void => {
    if (column === 0) row.begin();
    writer.bytes(begins[column] ?? nullBytes);
  };
  const takeCell: TakeCell = (bytes, start, end, column) => {
    beginMember(column);
    if (end < 0) writer.bytes(nullBytes);
    else writers[column]?.(bytes, start, end);
  };
  return {
    takeCell,
    openCell(bytes, _start, _end, column) {
      beginMember(column);
      return openValue(writer, bytes, columns[column]?.typeOid ?? 0);
    },
    endRow() {
      if (columns.length === 0) row.begin();
      row.end();
    },
  };
}

/** The type json keeps the line breaks that it was written with, always between its tokens. */
const onOneLine = (json: string): string => json.replaceAll(/[\r\n]+/gu, ' ');

/** JSON as it is, and anything else as a string. */
function openValue(writer: ByteWriter, bytes: Uint8Array, typeOid: number): OpenCell {
  const isJson = isJsonType(typeOid);
  if (!isJson) writer.byte(quote);
  return {
    write(from, to) {
      if (writer.copyUnless(isJson ? inJson : inStrings, bytes, from, to)) return;
      const text = decodeText(bytes.subarray(from, to));
      writer.text(isJson ? onOneLine(text) : JSON.stringify(text).slice(1, -1));
    },
    end() {
      if (!isJson) writer.byte(quote);
    },
  };
}

function valueWriter(
  writer: ByteWriter,
  typeOid: number,
): (bytes: Uint8Array, start: number, end: number) => void {
  const carefully = (bytes: Uint8Array, start: number, end: number): void => {
    const value = jsonValue(decodeText(bytes.subarray(start, end)), typeOid);
    writer.text(isJsonType(typeOid) ? onOneLine(value) : value);
  };
  if (typeOid === booleanType) return carefully;
  if (isNumericType(typeOid) || isJsonType(typeOid)) {
    const marks = isJsonType(typeOid) ? inJson : notInNumbers;
    return (bytes, start, end) => {
      if (!writer.copyUnless(marks, bytes, start, end)) carefully(bytes, start, end);
    };
  }
  return (bytes, start, end) => {
    if (!writer.copyQuotedUnless(inStrings, quote, bytes, start, end)) carefully(bytes, start, end);
  };
}
