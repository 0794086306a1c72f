import { expect, it } from 'vitest';
import { encode } from '../../../../../src/main/services/export/encode';
import { batchOf } from '../../../renderer/components/grid/row-batches';
import { options, text, type Row } from './encoded';

/** The chunks of a file whose rows come in one batch: between two of them other work has its turn. */
async function chunksOf(rows: readonly Row[]): Promise<Uint8Array[]> {
  const batches = async function* () {
    yield batchOf(rows, 1);
  };
  const chunks: Uint8Array[] = [];
  const given = options({ format: 'csv', header: false });
  for await (const chunk of encode([text('a')], batches(), given, () => undefined)) {
    chunks.push(chunk);
  }
  return chunks.filter(({ length }) => length > 0);
}

it.each([
  ['many cells', Array.from({ length: 25_000 }, (_, row) => [String(row)]), 3],
  ['many bytes', Array.from({ length: 100 }, (_, row) => [`${row} `.padEnd(10_000, 'x')]), 8],
  ['a long cell', [['1'], ['x'.repeat(1_000_000)], ['3']], 3],
  ['few of both', Array.from({ length: 100 }, (_, row) => [String(row)]), 1],
])('encodes a batch of %s in turns', async (_name, rows, turns) => {
  const chunks = await chunksOf(rows);
  expect(chunks).toHaveLength(turns);
  expect(Buffer.concat(chunks).toString()).toBe(rows.map(([cell]) => `${cell ?? ''}\n`).join(''));
});
