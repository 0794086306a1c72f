import type { Notice } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import type { ExportColumn } from './row-source';

/** What an encoder may tell of the file, once each. */
export type Notify = (notice: Notice) => void;

/** Bytes of the file, in order; the next ones are made when the last are written. */
export type FileChunks = AsyncIterable<Uint8Array>;

/** A text format: what begins the file, what each batch adds, and what ends it. */
export interface TextEncoding {
  begin(): Uint8Array;
  encode(batch: RowBatch): Uint8Array;
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
  for await (const batch of batches) yield encoding.encode(batch);
  yield encoding.end();
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
