import { booleanType, isNumericType } from '@shared/formats/built-in-types';
import { endOfCell, lengthBytes, placeOfEnd, type RowBatch } from '@shared/models/row-batch';
import { type ByteWriter, markBytes } from '../byte-writer';
import type { ExportColumn } from '../row-source';
import { decodeText } from '../text';
import { columnLetters, exactDigits, longestCell, valueCell } from './sheet-cell';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

const cellEnd = ascii('</v></c>');
const numberBegin = ascii('"><v>');
const booleanBegin = ascii('" t="b"><v>');
const textBegin = ascii('" s="2" t="inlineStr"><is><t>');
const spacedTextBegin = ascii('" s="2" t="inlineStr"><is><t xml:space="preserve">');
const textEnd = ascii('</t></is></c>');
const rowBegin = ascii('<row r="');
const rowOpened = ascii('">');
const rowEnd = ascii('</row>');

const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const trueByte = 0x74;
/** Tab, line feed, carriage return and space: at the ends of a text they are kept only on demand. */
const blanks = new Set([0x09, 0x0a, 0x0d, 0x20]);
/**
 * Markup, what XML cannot hold, what looks like Excel's escape for that, and the byte that begins
 * U+FFFE and U+FFFF: texts with one of these are written character by character.
 */
const careful = markBytes(
  (byte) =>
    (byte < 0x20 && byte !== 0x09 && byte !== 0x0a) ||
    [0x26, 0x3c, 0x3e, 0x5f, 0xef].includes(byte),
);

type CellKind = 'boolean' | 'number' | 'text';

function kindOf(typeOid: number): CellKind {
  if (typeOid === booleanType) return 'boolean';
  return isNumericType(typeOid) ? 'number' : 'text';
}

/** Writes the rows of a sheet as bytes: most cells are copied, and only few become strings. */
export class SheetWriter {
  readonly #writer: ByteWriter;
  readonly #columns: readonly {
    readonly letters: string;
    readonly begin: Buffer;
    readonly typeOid: number;
    readonly kind: CellKind;
  }[];
  #cutCells = 0;

  constructor(columns: readonly ExportColumn[], writer: ByteWriter) {
    this.#writer = writer;
    this.#columns = columns.map(({ typeOid }, index) => {
      const letters = columnLetters(index);
      return { letters, begin: ascii(`<c r="${letters}`), typeOid, kind: kindOf(typeOid) };
    });
  }

  /** Cells so far that were longer than a cell can be. */
  get cutCells(): number {
    return this.#cutCells;
  }

  /** Writes row `row` of a batch as row `rowNumber` of the sheet, counted from 1. */
  row(batch: RowBatch, row: number, rowNumber: number): void {
    const { bytes, ends, columnCount } = batch;
    const writer = this.#writer;
    const number = ascii(String(rowNumber));
    writer.bytes(rowBegin);
    writer.bytes(number);
    writer.bytes(rowOpened);
    const first = row * columnCount;
    let previous = endOfCell(batch, first - 1);
    for (let column = 0; column < columnCount; column += 1) {
      const end = ends[first + column] ?? 0;
      const start = previous + lengthBytes;
      previous = placeOfEnd(end);
      if (end >= 0) this.#cell(bytes, start, end, column, number);
    }
    writer.bytes(rowEnd);
  }

  #cell(bytes: Uint8Array, start: number, end: number, column: number, row: Buffer): void {
    const description = this.#columns[column];
    if (description === undefined) return;
    const { begin, kind } = description;
    const writer = this.#writer;
    const undo = writer.length;
    writer.bytes(begin);
    writer.bytes(row);
    if (kind === 'boolean') {
      writer.bytes(booleanBegin);
      writer.byte(bytes[start] === trueByte ? zero + 1 : zero);
      writer.bytes(cellEnd);
      return;
    }
    if (kind === 'number' && isShortNumber(bytes, start, end)) {
      writer.bytes(numberBegin);
      writer.bytes(bytes, start, end);
      writer.bytes(cellEnd);
      return;
    }
    // A character takes at least one byte: what has few enough bytes has few enough characters.
    const isShortText = kind === 'text' && end - start <= longestCell;
    if (isShortText && this.#plainText(bytes, start, end)) return;
    writer.advanceTo(undo);
    this.#anyCell(bytes.subarray(start, end), description, row);
  }

  /** Text that needs no care; false when it does. */
  #plainText(bytes: Uint8Array, start: number, end: number): boolean {
    const isSpaced = blanks.has(bytes[start] ?? 0) || blanks.has(bytes[end - 1] ?? 0);
    this.#writer.bytes(end > start && isSpaced ? spacedTextBegin : textBegin);
    if (!this.#writer.copyUnless(careful, bytes, start, end)) return false;
    this.#writer.bytes(textEnd);
    return true;
  }

  #anyCell(
    bytes: Uint8Array,
    { letters, typeOid }: { readonly letters: string; readonly typeOid: number },
    row: Buffer,
  ): void {
    // A UTF-16 unit takes at most three bytes in UTF-8: more of them are not looked at.
    const text = decodeText(bytes.subarray(0, (longestCell + 1) * 3));
    if (text.length > longestCell) this.#cutCells += 1;
    this.#writer.text(valueCell(`${letters}${row.toString('latin1')}`, text, typeOid));
  }
}

/**
 * Whether bytes are digits, with a point among them or a minus before them, that a double holds as
 * they are. False for what has to be looked at as a string: exponents, a minus before a zero, many digits.
 */
function isShortNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let index = start;
  if (bytes[index] === minus) {
    index += 1;
    if (bytes[index] === zero) return false;
  }
  if (end - index > exactDigits || end === index) return false;
  let points = 0;
  for (let at = index; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === point && at > index && at < end - 1) points += 1;
    else if (byte < zero || byte > nine) return false;
  }
  return points <= 1;
}
