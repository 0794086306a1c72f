import { isNumericType } from '@shared/formats/built-in-types';
import { GridRow } from './grid-rows';
import { MissingRows } from './missing-rows';
import type { RowSource } from './row-source';

/** Where and how rows are drawn, beside what the source says of them. */
type RowPlace = Omit<
  Parameters<GridRow['paint']>[1],
  'rowLabel' | 'isNumber' | 'preview' | 'isSlow' | 'cellId'
>;

export interface GridRowRingOptions {
  readonly source: RowSource;
  /** What stands behind the rows in their layer. */
  readonly before: Element;
  readonly cellId: (row: number, column: number) => string;
  /** Called when rows that are waited for are to show it. */
  readonly onSlow: () => void;
}

/** The elements of the rows in view: as many as fit, used again as rows come and go. */
export class GridRowRing {
  readonly #options: GridRowRingOptions;
  readonly #rows: GridRow[] = [];
  readonly #missing: MissingRows;

  constructor(options: GridRowRingOptions) {
    this.#options = options;
    this.#missing = new MissingRows(options.onSlow);
  }

  /** Draws these rows, the last one included, and hides what is left of the ring. */
  paint(firstRow: number, lastRow: number, place: RowPlace): void {
    const { source, cellId } = this.#options;
    let isMissing = false;
    const painting = {
      ...place,
      rowLabel: (row: number) => source.rowLabel(row),
      isNumber: (column: number) => isNumericType(source.columns[column]?.typeOid ?? 0),
      preview: (row: number, column: number) => {
        const preview = source.preview(row, column);
        if (preview === undefined) isMissing = true;
        return preview;
      },
      isSlow: this.#missing.isSlow,
      cellId,
    };
    this.#grow(lastRow - firstRow + 1);
    const ring = this.#rows.length;
    for (let row = firstRow; row < firstRow + ring; row += 1) {
      if (row <= lastRow) this.#rows[row % ring]?.paint(row, painting);
      else this.#rows[row % ring]?.hide();
    }
    this.#missing.note(isMissing);
  }

  /** Waits for no rows any more. */
  forget(): void {
    this.#missing.forget();
  }

  /** Makes the ring larger; all rows then take new places in it. */
  #grow(count: number): void {
    if (count <= this.#rows.length) return;
    for (const row of this.#rows) row.hide();
    while (this.#rows.length < count) {
      const row = new GridRow();
      this.#rows.push(row);
      this.#options.before.before(row.element);
    }
  }
}
