import { csvField } from '@shared/formats/csv-field';
import type { CsvOptions } from '@shared/models/export';
import { ByteWriter } from './byte-writer';
import { eachCell, type TakeCell } from './cells';
import { nothing, type TextEncodingFactory } from './encoder';
import { formulaStartBytes, withoutFormula } from './formula';
import { decodeText } from './text';

const quote = 0x22;
const backslash = 0x5c;
const byteOrderMarkBytes = Buffer.from('\uFEFF');
/** How often the bytes of a field can grow: every one may be a quote that is doubled. */
const worstGrowth = 2;

/**
 * CSV as COPY ... CSV writes it, so that COPY ... FROM reads the same values back. Fields are copied
 * byte by byte while they are looked through; only those that need care become strings.
 */
export const csvEncoding: TextEncodingFactory<CsvOptions> = (columns, options) => {
  const rules = { delimiter: options.delimiter, nullText: options.nullText };
  const lineEnd = Buffer.from(options.lineEnding === 'crlf' ? '\r\n' : '\n');
  const nullBytes = Buffer.from(options.nullText);
  const delimiter = options.delimiter.charCodeAt(0);
  const careful = careTable(delimiter);
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
    const target = writer.reserve(size * worstGrowth + 2);
    const { length } = writer;
    let needsQuotes = 0;
    for (let index = 0; index < size; index += 1) {
      const byte = bytes[start + index] ?? 0;
      target[length + index] = byte;
      needsQuotes |= careful[byte] ?? 0;
    }
    writer.advanceTo(
      needsQuotes === 0 ? length + size : writeQuoted(bytes, start, end, target, length),
    );
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
    encode(batch) {
      eachCell(batch, takeCell, endRow);
      return writer.take();
    },
    end: () => nothing,
  };
};

/** Writes a field between quotes to `target` from `at` on, and returns where it ends. */
function writeQuoted(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  let length = at;
  target[length] = quote;
  length += 1;
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === quote) {
      target[length] = quote;
      length += 1;
    }
    target[length] = byte;
    length += 1;
  }
  target[length] = quote;
  return length + 1;
}

/** 1 for each byte that asks for quotes. In UTF-8 such bytes are never part of another character. */
function careTable(delimiter: number): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of [delimiter, quote, 0x0a, 0x0d]) table[byte] = 1;
  return table;
}
