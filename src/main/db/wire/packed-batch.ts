import type { RowBatch } from '@shared/models/row-batch';

/**
 * A batch with copies of its offsets and bytes in one piece of memory, the offsets in front: allocated,
 * kept, written to a file and sent to the page as one.
 */
export function packBatch(
  counts: Pick<RowBatch, 'rowCount' | 'columnCount'>,
  ends: Int32Array,
  bytes: Uint8Array,
): RowBatch {
  return unpackBatch(pack(ends, bytes), counts);
}

/** The memory of a batch in one piece, which is its own where it was packed already. */
export function packedBytes({ ends, bytes }: RowBatch): Uint8Array {
  const memory = ends.buffer;
  const isPacked =
    bytes.buffer === memory &&
    ends.byteOffset === 0 &&
    bytes.byteOffset === ends.byteLength &&
    memory.byteLength === ends.byteLength + bytes.length;
  return isPacked ? new Uint8Array(memory) : pack(ends, bytes);
}

/** A batch in packed bytes that begin with their memory. */
export function unpackBatch(
  packed: Uint8Array,
  { rowCount, columnCount }: Pick<RowBatch, 'rowCount' | 'columnCount'>,
): RowBatch {
  const ends = new Int32Array(packed.buffer, packed.byteOffset, rowCount * columnCount);
  return { rowCount, columnCount, ends, bytes: packed.subarray(ends.byteLength) };
}

function pack(ends: Int32Array, bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(ends.byteLength + bytes.length);
  packed.set(new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength));
  packed.set(bytes, ends.byteLength);
  return packed;
}
