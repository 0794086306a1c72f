import { booleanType, isJsonType, isNumericType } from '@shared/formats/built-in-types';
import { jsonValue, memberNames } from '@shared/formats/json-value';
import { ByteWriter, markBytes } from './byte-writer';
import { eachCell, type TakeCell } from './cells';
import { notifyRenamed, type Notify, type TextEncodingFactory } from './encoder';
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
  const takeCell = objectWriter(writer, columns, notify);
  let rowBegin = Buffer.from('\n{');
  const nextRowBegin = Buffer.from(',\n{');
  return {
    begin: () => Buffer.from('['),
    encode(batch) {
      if (batch.rowCount === 0) return writer.take();
      writer.bytes(rowBegin);
      rowBegin = nextRowBegin;
      let row = 0;
      eachCell(batch, takeCell, () => {
        writer.byte(closeBrace);
        row += 1;
        if (row < batch.rowCount) writer.bytes(nextRowBegin);
      });
      return writer.take();
    },
    end: () => Buffer.from(rowBegin === nextRowBegin ? '\n]\n' : ']\n'),
  };
};

/** Newline-delimited JSON: an object a line, and nothing else. */
export const ndjsonEncoding: TextEncodingFactory<unknown> = (columns, _options, notify) => {
  const writer = new ByteWriter();
  const takeMember = objectWriter(writer, columns, notify);
  const takeCell: TakeCell = (bytes, start, end, column) => {
    if (column === 0) writer.byte(openBrace);
    takeMember(bytes, start, end, column);
  };
  const rowEnd = Buffer.from(columns.length === 0 ? '{}\n' : '}\n');
  return {
    begin: () => writer.take(),
    encode(batch) {
      eachCell(batch, takeCell, () => writer.bytes(rowEnd));
      return writer.take();
    },
    end: () => writer.take(),
  };
};

/**
 * Writes the members of an object. Values are copied byte by byte where nothing in them takes care;
 * the others become strings, and `jsonValue` has the word.
 */
function objectWriter(
  writer: ByteWriter,
  columns: readonly ExportColumn[],
  notify: Notify,
): TakeCell {
  const names = memberNames(columns.map(({ name }) => name));
  notifyRenamed(columns, names, notify);
  const begins = names.map((name, column) =>
    Buffer.from(`${column === 0 ? '' : ','}${JSON.stringify(name)}:`),
  );
  const writers = columns.map(({ typeOid }) => valueWriter(writer, typeOid));
  return (bytes, start, end, column) => {
    writer.bytes(begins[column] ?? nullBytes);
    if (end < 0) writer.bytes(nullBytes);
    else writers[column]?.(bytes, start, end);
  };
}

function valueWriter(
  writer: ByteWriter,
  typeOid: number,
): (bytes: Uint8Array, start: number, end: number) => void {
  const carefully = (bytes: Uint8Array, start: number, end: number): void => {
    const value = jsonValue(decodeText(bytes.subarray(start, end)), typeOid);
    // The type json keeps the line breaks that it was written with, always between its tokens.
    writer.text(isJsonType(typeOid) ? value.replaceAll(/[\r\n]+/gu, ' ') : value);
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
