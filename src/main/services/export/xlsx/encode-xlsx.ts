import type { XlsxOptions } from '@shared/models/export';
import type { RowBatch } from '@shared/models/row-batch';
import { ByteWriter } from '../byte-writer';
import type { Notify } from '../encoder';
import { packageParts, sheetBegin, sheetEnd } from './package-parts';
import { columnLetters, styles, textCell } from './sheet-cell';
import { SheetWriter } from './sheet-writer';
import { ZipWriter } from './zip-writer';
import type { ExportColumn } from '../row-source';

/** What a sheet may hold: Excel's rows, and bytes well within a ZIP entry's 32 bits. */
export interface SheetLimits {
  readonly rows: number;
  readonly bytes: number;
}

const excelLimits: SheetLimits = { rows: 1_048_576, bytes: 3_900_000_000 };

/** The sheet is handed on in pieces of about this many bytes, however large a batch is. */
const pieceBytes = 256 * 1024;

/**
 * The bytes of a workbook (ECMA-376). Texts are text cells, which no spreadsheet runs as a formula;
 * numbers of up to 15 digits are numbers, longer ones text, so that no digit is lost. A full sheet is
 * followed by a next one.
 */
export async function* encodeXlsx(
  columns: readonly ExportColumn[],
  batches: AsyncIterable<RowBatch>,
  { header }: XlsxOptions,
  notify: Notify,
  limits: SheetLimits = excelLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new RowReader(batches);
  const zip = new ZipWriter();
  const writer = new ByteWriter(pieceBytes * 2);
  const rows = new SheetWriter(columns, writer);

  const headerRow = (): string =>
    `<row r="1">${columns.map(({ name }, index) => textCell(`${columnLetters(index)}1`, name, styles.header)).join('')}</row>`;

  const sheet = async function* (): AsyncGenerator<Uint8Array> {
    writer.text(sheetBegin(header) + (header ? headerRow() : ''));
    let rowNumber = header ? 1 : 0;
    let bytes = 0;
    while (rowNumber < limits.rows && bytes < limits.bytes) {
      const next = reader.take() ?? ((await reader.hasMore()) ? reader.take() : null);
      if (next === null) break;
      rowNumber += 1;
      rows.row(next.batch, next.row, rowNumber);
      if (writer.length >= pieceBytes) {
        bytes += writer.length;
        yield writer.take();
      }
    }
    writer.text(sheetEnd);
    yield writer.take();
  };

  let sheetCount = 0;
  try {
    do {
      sheetCount += 1;
      yield* zip.entry(`xl/worksheets/sheet${sheetCount}.xml`, sheet());
    } while (await reader.hasMore());
  } finally {
    await reader.close();
  }
  for (const [path, xml] of packageParts(sheetCount)) {
    yield* zip.entry(path, [Buffer.from(xml)]);
  }
  yield zip.end();
  if (sheetCount > 1) {
    notify({ severity: 'NOTICE', message: `The rows fill ${sheetCount} sheets of the workbook.` });
  }
  const { cutCells } = rows;
  if (cutCells > 0) {
    notify({
      severity: 'WARNING',
      message: `${cutCells.toLocaleString('en')} cells were cut at 32,767 characters, the most that a spreadsheet's cell can hold.`,
      hint: 'Export to CSV or JSON to keep them whole.',
    });
  }
}

/** The rows of all batches one by one, across sheets. */
class RowReader {
  readonly #batches: AsyncIterator<RowBatch>;
  #batch: RowBatch | null = null;
  #row = 0;

  constructor(batches: AsyncIterable<RowBatch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** Whether there is another row; reads the next batch where the present one is used up. */
  async hasMore(): Promise<boolean> {
    while (this.#batch === null || this.#row >= this.#batch.rowCount) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.#batch = next.value;
      this.#row = 0;
    }
    return true;
  }

  /** The next row of the present batch, without a wait that would cost more than writing the row. */
  take(): { batch: RowBatch; row: number } | null {
    if (this.#batch === null || this.#row >= this.#batch.rowCount) return null;
    const row = this.#row;
    this.#row += 1;
    return { batch: this.#batch, row };
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}
