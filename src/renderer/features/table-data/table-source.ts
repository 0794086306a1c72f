import type { ResultColumn } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import { RowSource, type RowReader } from '../../components/grid/row-source';
import type { SortColumn } from '@shared/models/table-data';
import type { GridColumn } from '../../components/grid/grid-header';
import { projectBatch } from './batch-rows';
import type { TablePages } from './table-pages';

/** Rows from the first known one at which earlier ones are asked for. */
const nearFirstRow = 100;

interface TableSourceOptions {
  readonly pages: TablePages;
  /** The first known rows, as they were read. */
  readonly firstRows: RowBatch;
  readonly columns: readonly ResultColumn[];
  /** Which columns are shown, in their order, by number. */
  readonly shown: readonly number[];
  readonly sort: readonly SortColumn[];
  /** Whether reading began at the end: rows are then counted from there. */
  readonly isFromEnd: boolean;
  /** Called when rows near the first known one are looked at while there are earlier ones. */
  readonly onNearFirstRow: () => void;
}

/** The rows of a table as the grid shows them: some of the columns, in a person's own order. */
export class TableSource extends RowSource {
  /** Numbers of the shown columns among those that were read. */
  readonly shown: readonly number[];
  readonly #pages: TablePages;
  readonly #isFromEnd: boolean;
  readonly #onNearFirstRow: () => void;

  constructor(options: TableSourceOptions) {
    const { pages, firstRows, columns, shown, sort, onNearFirstRow } = options;
    super(
      {
        range: { from: 0, to: 0 },
        commandTag: null,
        columns: shown.flatMap((index) => withSort(columns[index], sort)),
        rows: projectBatch(firstRows, shown),
        // The pages know the rows by number: the id is nobody else's.
        resultId: crypto.randomUUID(),
        readRows: pages.rowCount,
        hasMore: pages.hasMore,
        rowCount: null,
        durationMs: 0,
        notices: [],
      },
      readerOf(pages, shown),
    );
    this.shown = shown;
    this.#pages = pages;
    this.#isFromEnd = options.isFromEnd;
    this.#onNearFirstRow = onNearFirstRow;
  }

  /** How many rows lie before the last ones is not known: those have numbers from the end, the last −1. */
  override rowLabel(row: number): string {
    return this.#isFromEnd ? `−${this.rowCount - row}` : super.rowLabel(row);
  }

  override look(firstRow: number, lastRow: number): void {
    super.look(firstRow, lastRow);
    if (firstRow < nearFirstRow && this.#pages.hasEarlier) this.#onNearFirstRow();
  }
}

function withSort(column: ResultColumn | undefined, sort: readonly SortColumn[]): GridColumn[] {
  if (column === undefined) return [];
  const index = sort.findIndex((item) => item.column === column.name);
  const item = sort[index];
  if (item === undefined) return [column];
  const place = sort.length === 1 ? null : index + 1;
  return [{ ...column, sort: { descending: item.descending, place } }];
}

function readerOf(pages: TablePages, shown: readonly number[]): RowReader {
  const state = () => ({
    readRows: pages.rowCount,
    hasMore: pages.hasMore,
    commandTag: pages.hasMore ? null : 'SELECT',
  });
  return {
    readRows: async (_resultId, from, count) => {
      const rows = projectBatch(await pages.read(from, count), shown);
      return { rows, ...state() };
    },
    // Every cell comes whole.
    readCell: () => Promise.reject(new RangeError('The cell is not here.')),
    // A table may be larger than any memory: it is exported, not read to its end.
    readAll: () => Promise.resolve(state()),
    stopReading: () => undefined,
    closeResult: () => undefined,
  };
}
