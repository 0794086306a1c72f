import { encode } from '../../../../../src/main/services/export/encode';
import { exportOptionsSchema, type ExportOptions } from '../../../../../src/shared/models/export';
import type { Notice } from '../../../../../src/shared/models/query-result';
import type { RowBatch } from '../../../../../src/shared/models/row-batch';
import { batchOf } from '../../../renderer/components/grid/row-batches';

export type Row = readonly (string | null)[];
export interface TestColumn {
  readonly name: string;
  readonly typeOid: number;
}

/** Options as a person gives them: those left out take their defaults. */
export interface GivenOptions {
  readonly format: ExportOptions['format'];
  readonly [option: string]: unknown;
}

export const text = (name: string): TestColumn => ({ name, typeOid: 25 });
export const column = (name: string, typeOid: number): TestColumn => ({ name, typeOid });

/** Options with their defaults, as they come through the contract. */
export function options(given: GivenOptions): ExportOptions {
  return exportOptionsSchema.parse(given);
}

/** The bytes of a file made of these rows, in batches of `rowsPerBatch`. */
export async function encodedBytes(
  columns: readonly TestColumn[],
  rows: readonly Row[],
  given: GivenOptions,
  { rowsPerBatch = 2, notices = [] }: { rowsPerBatch?: number; notices?: Notice[] } = {},
): Promise<Buffer> {
  const batches = async function* (): AsyncGenerator<RowBatch> {
    for (let row = 0; row < rows.length; row += rowsPerBatch) {
      yield batchOf(rows.slice(row, row + rowsPerBatch), columns.length);
    }
  };
  const chunks: Uint8Array[] = [];
  const encoded = encode(columns, batches(), options(given), (notice) => notices.push(notice));
  for await (const chunk of encoded) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same as text, with a byte order mark where there is one. */
export async function encodedText(...args: Parameters<typeof encodedBytes>): Promise<string> {
  return (await encodedBytes(...args)).toString('utf8');
}
