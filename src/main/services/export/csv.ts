import { csvField } from '@shared/formats/csv-field';
import type { CsvOptions } from '@shared/models/export';
import { ByteWriter, markBytes } from './byte-writer';
import { type CellForm, encodeCells, type TakeCell } from './cells';
import { nothing, type TextEncodingFactory } from './encoder';
import { beginsFormula, formulaStartBytes, withoutFormula } from './formula';
import { decodeText } from './text';

const quote = 0x22;
const apostrophe = 0x27;
const backslash = 0x5c;
const quotes = markBytes((byte) => byte === quote);
const byteOrderMarkBytes = Buffer.from('\uFEFF');

/**
 * CSV as COPY ... CSV writes it, so that COPY ... FROM reads the same values back. Fields are copied
 * byte by byte while they are looked through; only those that need care become strings.
 */
export const csvEncoding: TextEncodingFactory<CsvOptions> = (columns, options) => {
  const rules = { delimiter: options.delimiter, nullText: options.nullText };
  const lineEnd = Buffer.from(options.lineEnding === 'crlf' ? '\r\n' : '\n');
  const nullBytes = Buffer.from(options.nullText);
  const delimiter = options.delimiter.charCodeAt(0);
  // In UTF-8 these bytes are never part of another character.
  const carefulBytes = [delimiter, quote, 0x0a, 0x0d];
  const careful = markBytes((byte) => carefulBytes.includes(byte));
  const writer = new ByteWriter();

  const guarded = (text: string): string => (options.guardFormulas ? withoutFormula(text) : text);

  const takeCell: TakeCell = (bytes, start, end, column) => {
    if (column > 0) writer.byte(delimiter);
    if (end < 0) {
      writer.bytes(nullBytes);
      return;
    }
    const first = bytes[start];
    const size = end - start;
    // Empty, the NULL text itself, `\.` or a possible formula: rare enough for a string.
    const isSpecial =
      size === 0 ||
      first === backslash ||
      size === nullBytes.length ||
      (options.guardFormulas && formulaStartBytes.has(first ?? 0));
    if (isSpecial) {
      writer.text(csvField(guarded(decodeText(bytes.subarray(start, end))), rules));
      return;
    }
    if (writer.copyUnless(careful, bytes, start, end)) return;
    writer.byte(quote);
    writer.copyDoubled(quotes, bytes, start, end);
    writer.byte(quote);
  };
  const openCell: CellForm['openCell'] = (bytes, start, end, column) => {
    if (column > 0) writer.byte(delimiter);
    const cell = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    const isQuoted = carefulBytes.some((byte) => cell.includes(byte));
    if (isQuoted) writer.byte(quote);
    if (options.guardFormulas && beginsFormula(bytes, start)) writer.byte(apostrophe);
    return {
      write(from, to) {
        if (isQuoted) writer.copyDoubled(quotes, bytes, from, to);
        else writer.bytes(bytes, from, to);
      },
      end() {
        if (isQuoted) writer.byte(quote);
      },
    };
  };
  const endRow = (): void => writer.bytes(lineEnd);

  return {
    begin() {
      if (options.byteOrderMark) writer.bytes(byteOrderMarkBytes);
      if (options.header) {
        const names = columns.map(({ name }) => csvField(guarded(name), rules));
        writer.text(names.join(options.delimiter));
        writer.bytes(lineEnd);
      }
      return writer.take();
    },
    encode: (batch, rows) => encodeCells(writer, batch, rows, { takeCell, openCell, endRow }),
    end: () => nothing,
  };
};
