import { isNumericType } from '@shared/formats/built-in-types';
import type { MarkdownOptions } from '@shared/models/export';
import { ByteWriter, markBytes } from './byte-writer';
import { type CellForm, encodeCells, type TakeCell } from './cells';
import { nothing, type TextEncodingFactory } from './encoder';
import { decodeText } from './text';

const backslash = 0x5c;
const underscore = 0x5f;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const lineBreak = Buffer.from('<br>');
const cellBegin = Buffer.from('| ');
const cellEnd = Buffer.from(' ');
const rowEnd = Buffer.from('|\n');

const isMarkup = markBytes((byte) => '\\`*[]<>|~&'.includes(String.fromCodePoint(byte)));
const careful = markBytes(
  (byte) => isMarkup[byte] === 1 || [underscore, lineFeed, carriageReturn].includes(byte),
);
const wordCharacter = /[\p{L}\p{N}]/u;
const inWords = markBytes((byte) => byte < 0x80 && wordCharacter.test(String.fromCodePoint(byte)));

/**
 * A table of GitHub Flavored Markdown. Whatever Markdown would read as markup is escaped, so that the
 * page shows the text itself; a line break becomes <br>, since a row is one line (GFM, 4.10).
 */
export const markdownEncoding: TextEncodingFactory<MarkdownOptions> = (columns, { nullText }) => {
  const writer = new ByteWriter();
  const nullBytes = Buffer.from(nullText);
  const takeCell: TakeCell = (bytes, start, end) => {
    writer.bytes(cellBegin);
    if (end < 0) writeText(writer, nullBytes, { start: 0, end: nullBytes.length });
    else if (!writer.copyUnless(careful, bytes, start, end)) {
      writeText(writer, bytes, { start, end });
    }
    writer.bytes(cellEnd);
  };
  const openCell: CellForm['openCell'] = (bytes, start, end) => {
    writer.bytes(cellBegin);
    return {
      write: (from, to) => writeText(writer, bytes, { start, end }, from, to),
      end: () => writer.bytes(cellEnd),
    };
  };
  const endRow = (): void => writer.bytes(rowEnd);
  return {
    begin() {
      for (const [column, { name }] of columns.entries()) {
        const bytes = Buffer.from(name);
        takeCell(bytes, 0, bytes.length, column);
      }
      endRow();
      for (const { typeOid } of columns) writer.text(isNumericType(typeOid) ? '| ---: ' : '| --- ');
      endRow();
      return writer.take();
    },
    encode: (batch, rows) => encodeCells(writer, batch, rows, { takeCell, openCell, endRow }),
    end: () => nothing,
  };
};

/** Where a text lies among bytes. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Writes a text, or its bytes from `from` to `to`, as Markdown shows it literally. An underscore within a
 * word is no markup and stays.
 */
function writeText(
  writer: ByteWriter,
  bytes: Uint8Array,
  text: Stretch,
  from = text.start,
  to = text.end,
): void {
  // Each byte may be a line break.
  const target = writer.reserve((to - from) * lineBreak.length);
  let { length } = writer;
  for (let index = from; index < to; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === carriageReturn || byte === lineFeed) {
      const isSecond =
        byte === lineFeed && index > text.start && bytes[index - 1] === carriageReturn;
      if (!isSecond) length += lineBreak.copy(target, length);
      continue;
    }
    const isEscaped =
      byte === underscore ? !isWithinWord(bytes, text, index) : isMarkup[byte] === 1;
    if (isEscaped) {
      target[length] = backslash;
      length += 1;
    }
    target[length] = byte;
    length += 1;
  }
  writer.advanceTo(length);
}

/** Whether letters or digits stand on both sides of a place. */
function isWithinWord(bytes: Uint8Array, { start, end }: Stretch, index: number): boolean {
  if (index === start || index + 1 === end) return false;
  return isWordCharacter(bytes, index - 1, start) && isWordCharacter(bytes, index + 1, start);
}

/** Whether the character of which a byte is part is a letter or a digit. */
function isWordCharacter(bytes: Uint8Array, index: number, start: number): boolean {
  const byte = bytes[index] ?? 0;
  if (byte < 0x80) return inWords[byte] === 1;
  let first = index;
  while (first > start && ((bytes[first] ?? 0) & 0xc0) === 0x80) first -= 1;
  const [character = ''] = decodeText(bytes.subarray(first, first + 4));
  return wordCharacter.test(character);
}
