import type { TsvOptions } from '@shared/models/export';
import { cellBytes } from '@shared/models/row-batch';
import { ByteWriter } from './byte-writer';
import { nothing, type TextEncodingFactory } from './encoder';
import { formulaStartBytes, withoutFormula } from './formula';
import { decodeText } from './text';

const tab = 0x09;
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
export const tsvEncoding: TextEncodingFactory<TsvOptions> = (columns, options) => {
  const lineEnd = Buffer.from(options.lineEnding === 'crlf' ? '\r\n' : '\n');
  const nullBytes = Buffer.from(options.nullText);
  const writer = new ByteWriter();

  const writeEscaped = (field: Uint8Array): void => {
    const target = writer.reserve(field.length * 2);
    let { length } = writer;
    for (let index = 0; index < field.length; index += 1) {
      const byte = field[index] ?? 0;
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

  const writeField = (field: Uint8Array): void => {
    const [first] = field;
    if (options.guardFormulas && first !== undefined && formulaStartBytes.has(first)) {
      writeEscaped(Buffer.from(withoutFormula(decodeText(field))));
    } else writeEscaped(field);
  };

  return {
    begin() {
      if (options.byteOrderMark) writer.bytes(byteOrderMarkBytes);
      if (options.header) {
        for (const [index, { name }] of columns.entries()) {
          if (index > 0) writer.byte(tab);
          writeField(Buffer.from(name));
        }
        writer.bytes(lineEnd);
      }
      return writer.take();
    },
    encode(batch) {
      for (let row = 0; row < batch.rowCount; row += 1) {
        for (let column = 0; column < batch.columnCount; column += 1) {
          if (column > 0) writer.byte(tab);
          const field = cellBytes(batch, row, column);
          if (field === null) writer.bytes(nullBytes);
          else writeField(field);
        }
        writer.bytes(lineEnd);
      }
      return writer.take();
    },
    end: () => nothing,
  };
};
