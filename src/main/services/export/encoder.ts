import type { Notice } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import { rowsThatFit } from '../query/results/slice-batch';
import { bytesPerTurn, type RowSpan } from './cells';
import type { ExportColumn } from './row-source';

/**
 * Cells that are encoded before the event loop goes on to whatever else main has to answer: with
 * `bytesPerTurn` a few milliseconds of work. The server may have sent many more while nobody asked.
 */
const cellsPerTurn = 10_000;

/** What an encoder may tell of the file, once each. */
export type Notify = (notice: Notice) => void;

/** Bytes of the file, in order; the next ones are made when the last are written. */
export type FileChunks = AsyncIterable<Uint8Array>;

/** A text format: what begins the file, what each batch adds, and what ends it. */
export interface TextEncoding {
  begin(): Uint8Array;
  /** In several pieces where a cell is long. */
  encode(batch: RowBatch, rows: RowSpan): Iterable<Uint8Array>;
  end(): Uint8Array;
}

/** Makes the encoding of one file. */
export type TextEncodingFactory<Options> = (
  columns: readonly ExportColumn[],
  options: Options,
  notify: Notify,
) => TextEncoding;

export const nothing = new Uint8Array(0);

/** The chunks of a file in a text format. */
export async function* encodeText(
  encoding: TextEncoding,
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield encoding.begin();
  for await (const batch of batches) {
    for (const rows of turns(batch)) yield* encoding.encode(batch, rows);
  }
  yield encoding.end();
}

/** The rows of a batch in stretches that are encoded in one go, but for long cells. */
function* turns(batch: RowBatch): Generator<RowSpan, void, undefined> {
  const rows = Math.max(1, Math.floor(cellsPerTurn / Math.max(1, batch.columnCount)));
  for (let from = 0; from < batch.rowCount;) {
    const to = from + Math.min(rows, rowsThatFit(batch, from, bytesPerTurn));
    yield { from, to };
    from = to;
  }
}

/** Tells which columns were renamed so that each has a name of its own. */
export function notifyRenamed(
  columns: readonly ExportColumn[],
  names: readonly string[],
  notify: Notify,
): void {
  const renamed = columns.flatMap(({ name }, index) =>
    name === names[index] ? [] : [`"${name}" → "${names[index] ?? ''}"`],
  );
  if (renamed.length === 0) return;
  notify({
    severity: 'NOTICE',
    message: `Columns with a repeated name were renamed: ${renamed.join(', ')}.`,
  });
}
