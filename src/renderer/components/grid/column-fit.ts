import { isNumericType } from '@shared/formats/built-in-types';
import { withMarks } from './cell-content';
import { fittedLimit, fittedWidth } from './column-layout';
import type { RowSource } from './row-source';

/** Rows that are measured for the first widths, and around the view when a column is fitted by hand. */
const measuredRows = 200;
const measuredRowsByHand = 500;
/** Both sides of a cell, and room for values somewhat longer than those measured. */
const padding = 34;
const measuredCharacters = 160;

type Measure = (text: string, font: 'cell' | 'name' | 'type') => number;

/** A measure of text in the grid's fonts, CSS pixels. */
function textMeasure(host: HTMLElement): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * 7.2;
  const style = getComputedStyle(host);
  const mono = style.getPropertyValue('--font-mono');
  const sans = style.getPropertyValue('--font-sans');
  const fonts = { cell: `400 12px ${mono}`, name: `600 12px ${sans}`, type: `400 10.5px ${mono}` };
  context.font = fonts.cell;
  const monoAdvance = context.measureText('0').width;
  return (text, font) => {
    // Every ASCII character is as wide as every other in a monospaced font.
    if (font === 'cell' && /^[\u0020-\u007e]*$/u.test(text)) return text.length * monoAdvance;
    context.font = fonts[font];
    return context.measureText(text).width;
  };
}

function* columnTextWidths(
  source: RowSource,
  column: number,
  firstRow: number,
  rowCount: number,
  measure: Measure,
): Generator<number> {
  const description = source.columns[column];
  if (description !== undefined) {
    yield measure(description.name.slice(0, measuredCharacters), 'name');
    // A long type is cut rather than letting it widen a column of short values.
    yield Math.min(120, measure(description.type.slice(0, measuredCharacters), 'type'));
  }
  const last = Math.min(source.rowCount, firstRow + rowCount);
  for (let row = Math.max(0, firstRow); row < last; row += 1) {
    const preview = source.preview(row, column);
    if (preview != null) yield measure(withMarks(preview.slice(0, measuredCharacters)), 'cell');
  }
}

/** First widths of all columns, from the header and the first rows. CSS pixels. */
export function fitColumns(source: RowSource, host: HTMLElement): number[] {
  const measure = textMeasure(host);
  const limit = fittedLimit(source.columns.length);
  return source.columns.map((column, index) => {
    const widths = columnTextWidths(source, index, 0, measuredRows, measure);
    const fitted = fittedWidth(widths, padding, limit);
    // Later rows of a growing key are often wider than the first ones.
    return isNumericType(column.typeOid) ? Math.max(fitted, 72) : fitted;
  });
}

/** Width of one column from the header and the rows from `firstRow` on. CSS pixels. */
export function fitColumn(
  source: RowSource,
  host: HTMLElement,
  column: number,
  firstRow: number,
): number {
  const measure = textMeasure(host);
  const from = Math.max(0, firstRow - measuredRows);
  const widths = columnTextWidths(source, column, from, measuredRowsByHand, measure);
  return fittedWidth(widths, padding, fittedLimit(1));
}
