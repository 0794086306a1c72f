import { describe, expect, it } from 'vitest';
import { columnOffsets } from '../../../../../src/renderer/components/grid/column-layout';
import { columnGeometry } from '../../../../../src/renderer/components/grid/column-viewport';
import { gridHit } from '../../../../../src/renderer/components/grid/grid-hit';

const offsets = columnOffsets([100, 100, 100, 100, 100, 100]);
const view = { offsets, gutterWidth: 50, scrollLeft: 0, viewWidth: 450 };

describe('frozen columns', () => {
  it('are the first ones, and the others go on beside them', () => {
    const { frozenCount, frozenWidth, firstColumn, lastColumn } = columnGeometry(view, 2);
    expect({ frozenCount, frozenWidth, firstColumn, lastColumn }).toEqual({
      frozenCount: 2,
      frozenWidth: 200,
      firstColumn: 2,
      lastColumn: 3,
    });
  });

  it('stay while the others scroll beneath them', () => {
    const { firstColumn, lastColumn } = columnGeometry({ ...view, scrollLeft: 150 }, 1);
    expect([firstColumn, lastColumn]).toEqual([2, 5]);
  });

  it('leave room for the others in a narrow window', () => {
    expect(columnGeometry(view, 6).frozenCount).toBe(2);
    expect(columnGeometry({ ...view, viewWidth: 150 }, 3).frozenCount).toBe(0);
  });

  it('may be all that there are', () => {
    const { frozenCount, firstColumn, lastColumn } = columnGeometry(
      { ...view, viewWidth: 5000 },
      6,
    );
    expect(frozenCount).toBe(6);
    expect(lastColumn).toBeLessThan(firstColumn);
  });

  it('are what is pressed where they lie', () => {
    const geometry = {
      offsets,
      rowCount: 10,
      rowHeight: 20,
      headerHeight: 40,
      gutterWidth: 50,
      frozenWidth: 100,
      bodyWidth: 450,
      bodyHeight: 200,
      offset: 0,
      left: 150,
    };
    const columnAt = (x: number) => gridHit(geometry, x, 50).column;
    expect([columnAt(60), columnAt(149), columnAt(151), columnAt(210)]).toEqual([0, 0, 2, 3]);
    expect(gridHit(geometry, 20, 50).area).toBe('gutter');
  });
});
