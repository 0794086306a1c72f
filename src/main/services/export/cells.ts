import { endOfCell, lengthBytes, placeOfEnd, type RowBatch } from '@shared/models/row-batch';
import type { ByteWriter } from './byte-writer';

/** Bytes that are encoded in one go: one that is escaped takes a hundred times as long as one that is copied. */
export const bytesPerTurn = 128 * 1024;
/** A longer cell is encoded in pieces. No number is as long: numeric has at most 147,458 characters. */
const longestCell = 2 * bytesPerTurn;

/** Takes one cell: the bytes from `start` to `end` of `bytes`; a NULL has a negative end. */
export type TakeCell = (bytes: Uint8Array, start: number, end: number, column: number) => void;

/** Rows of a batch: from `from` to `to`, exclusive. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** A long cell of which the beginning is written; `write` adds the bytes from `from` to `to`. */
export interface OpenCell {
  /** Both ends are between characters. */
  write(from: number, to: number): void;
  end(): void;
}

/** How the cells of a format are written. */
export interface CellForm {
  readonly takeCell: TakeCell;
  /** As `takeCell`, for a cell that is not NULL and comes in pieces. */
  readonly openCell: (...cell: Parameters<TakeCell>) => OpenCell;
  readonly endRow: () => void;
}

/**
 * Rows of a batch as they are written, in one piece unless a cell is long. Each cell is a stretch of
 * the batch's bytes: an object for each would cost more than writing it.
 */
export function* encodeCells(
  writer: ByteWriter,
  batch: RowBatch,
  { from, to }: RowSpan,
  { takeCell, openCell, endRow }: CellForm,
): Generator<Uint8Array, void, undefined> {
  const { bytes, ends, columnCount } = batch;
  let index = from * columnCount;
  let previous = endOfCell(batch, index - 1);
  for (let row = from; row < to; row += 1) {
    for (let column = 0; column < columnCount; column += 1) {
      const end = ends[index] ?? 0;
      const start = previous + lengthBytes;
      index += 1;
      previous = placeOfEnd(end);
      if (end - start <= longestCell) takeCell(bytes, start, end, column);
      else {
        const cell = openCell(bytes, start, end, column);
        for (let place = start; place < end;) {
          const most = place + bytesPerTurn;
          const next = most < end ? betweenCharacters(bytes, most) : end;
          cell.write(place, next);
          yield writer.take();
          place = next;
        }
        cell.end();
      }
    }
    endRow();
  }
  yield writer.take();
}

/** The last place up to `index` where no character of UTF-8 is cut: it has at most three bytes behind its first. */
function betweenCharacters(bytes: Uint8Array, index: number): number {
  let place = index;
  while (index - place < 3 && ((bytes[place] ?? 0) & 0xc0) === 0x80) place -= 1;
  return place;
}
