import type { TsvOptions } from '@shared/models/export';
import { ByteWriter } from './byte-writer';
import { type CellForm, encodeCells, type TakeCell } from './cells';
import { nothing, type TextEncodingFactory } from './encoder';
import { beginsFormula, formulaStartBytes, withoutFormula } from './formula';
import { decodeText } from './text';

const tab = 0x09;
const apostrophe = 0x27;
const backslash = 0x5c;
const byteOrderMarkBytes = Buffer.from('\uFEFF');

/** What the text format of COPY escapes, by byte: the letter behind the backslash (manual, "COPY"). */
const escapes = new Uint8Array(256);
for (const [byte, letter] of [
  [0x08, 'b'],
  [0x0c, 'f'],
  [0x0a, 'n'],
  [0x0d, 'r'],
  [tab, 't'],
  [0x0b, 'v'],
  [backslash, '\\'],
] as const) {
  escapes[byte] = letter.charCodeAt(0);
}

/** The text format of COPY: COPY ... FROM reads the same values back. */
export const tsvEncoding: TextEncodingFactory<TsvOptions> = (columns, options, notify) => {
  const lineEnd = Buffer.from(options.lineEnding === 'crlf' ? '\r\n' : '\n');
  const nullBytes = Buffer.from(options.nullText);
  const writer = new ByteWriter();
  let isAmbiguous = false;

  /** The text format has no quotes: with another text for NULL than \N a value may read like it. */
  const watchForNull = (bytes: Uint8Array, start: number, end: number): void => {
    if (isAmbiguous || end - start !== nullBytes.length) return;
    if (options.nullText.includes('\\') || nullBytes.compare(bytes, start, end) !== 0) return;
    isAmbiguous = true;
    notify({
      severity: 'WARNING',
      message: 'Some values read like the text for NULL, and cannot be told from it in the file.',
      hint: 'Choose another text for NULL, such as \\N, which no value can read like.',
    });
  };

  const writeEscaped = (bytes: Uint8Array, start: number, end: number): void => {
    const target = writer.reserve((end - start) * 2);
    let { length } = writer;
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] ?? 0;
      const letter = escapes[byte] ?? 0;
      if (letter === 0) target[length] = byte;
      else {
        target[length] = backslash;
        length += 1;
        target[length] = letter;
      }
      length += 1;
    }
    writer.advanceTo(length);
  };

  const takeCell: TakeCell = (bytes, start, end, column) => {
    if (column > 0) writer.byte(tab);
    if (end < 0) {
      writer.bytes(nullBytes);
      return;
    }
    watchForNull(bytes, start, end);
    if (options.guardFormulas && formulaStartBytes.has(bytes[start] ?? 0) && end > start) {
      const guarded = Buffer.from(withoutFormula(decodeText(bytes.subarray(start, end))));
      writeEscaped(guarded, 0, guarded.length);
    } else writeEscaped(bytes, start, end);
  };
  const openCell: CellForm['openCell'] = (bytes, start, _end, column) => {
    if (column > 0) writer.byte(tab);
    if (options.guardFormulas && beginsFormula(bytes, start)) writer.byte(apostrophe);
    return { write: (from, to) => writeEscaped(bytes, from, to), end: () => undefined };
  };
  const endRow = (): void => writer.bytes(lineEnd);

  return {
    begin() {
      if (options.byteOrderMark) writer.bytes(byteOrderMarkBytes);
      if (options.header) {
        for (const [column, { name }] of columns.entries()) {
          const bytes = Buffer.from(name);
          takeCell(bytes, 0, bytes.length, column);
        }
        writer.bytes(lineEnd);
      }
      return writer.take();
    },
    encode: (batch, rows) => encodeCells(writer, batch, rows, { takeCell, openCell, endRow }),
    end: () => nothing,
  };
};
