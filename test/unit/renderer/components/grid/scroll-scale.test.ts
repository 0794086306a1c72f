import { describe, expect, it } from 'vitest';
import { assert, integer, property } from 'fast-check';
import {
  clampOffset,
  offsetOfScrollTop,
  offsetToReveal,
  scrollScale,
  scrollTopOfOffset,
} from '../../../../../src/renderer/components/grid/scroll-scale';

const rowHeight = 26;
const viewport = 600;
/** What Chromium can lay out: 2^31 sixty-fourths of a physical pixel. */
const chromiumLimit = 2 ** 31 / 64;

describe.each([1, 1.25, 2])('at device scale %d', (ratio) => {
  const rows = 50_000_000;
  const scale = scrollScale(rows * rowHeight, viewport, ratio);

  it('keeps 50 million rows below the height that Chromium can lay out', () => {
    expect(scale.isScaled).toBe(true);
    expect(scale.elementHeight * ratio).toBeLessThan(chromiumLimit);
    expect(scale.elementHeight * ratio).toBeGreaterThan(chromiumLimit * 0.4);
  });

  it('has scroll positions that a 32-bit float tells apart', () => {
    const end = (scale.elementHeight - viewport) * ratio;
    expect(Math.fround(end) - Math.fround(end - 1)).toBe(1);
  });

  it('shows the first row at the top and the last row at the end of the bar', () => {
    expect(offsetOfScrollTop(scale, 0)).toBe(0);
    const end = offsetOfScrollTop(scale, scale.elementHeight - viewport);
    expect(end).toBe(rows * rowHeight - viewport);
    expect(Math.ceil((end + viewport) / rowHeight)).toBe(rows);
    expect(offsetOfScrollTop(scale, scale.elementHeight - viewport - 1 / ratio)).toBe(end);
  });

  it('comes back to within a hundredth of a pixel of where it was', () => {
    assert(
      property(integer({ min: 0, max: rows * rowHeight - 1000 }), (offset) => {
        const back = offsetOfScrollTop(scale, scrollTopOfOffset(scale, offset));
        expect(Math.abs(back - offset)).toBeLessThan(0.01);
      }),
    );
  });

  it('keeps the thumb where the offset lies in the content', () => {
    const scrollTop = scrollTopOfOffset(scale, (rows * rowHeight - viewport) / 4);
    expect(scrollTop / (scale.elementHeight - viewport)).toBeCloseTo(0.25, 9);
  });

  it('reveals any row exactly', () => {
    assert(
      property(integer({ min: 0, max: rows - 1 }), (row) => {
        const offset = offsetToReveal(scale, 0, row, rowHeight);
        expect(row * rowHeight).toBeGreaterThanOrEqual(offset);
        expect((row + 1) * rowHeight).toBeLessThanOrEqual(offset + viewport);
      }),
    );
  });
});

describe('content that Chromium can lay out', () => {
  const scale = scrollScale(1000 * rowHeight, viewport, 2);

  it('is scrolled pixel for pixel', () => {
    expect(scale.isScaled).toBe(false);
    expect(scale.elementHeight).toBe(26_000);
    expect(offsetOfScrollTop(scale, 1234.5)).toBe(1234.5);
    expect(scrollTopOfOffset(scale, 1234.5)).toBe(1234.5);
  });

  it('is never scrolled beyond its ends', () => {
    expect(clampOffset(scale, -10)).toBe(0);
    expect(clampOffset(scale, 1e9)).toBe(26_000 - viewport);
    expect(clampOffset(scrollScale(100, viewport, 1), 50)).toBe(0);
  });

  it('does not move for a row that is in view', () => {
    expect(offsetToReveal(scale, 260, 12, rowHeight)).toBe(260);
    expect(offsetToReveal(scale, 260, 9, rowHeight)).toBe(234);
    expect(offsetToReveal(scale, 0, 30, rowHeight)).toBe(31 * rowHeight - viewport);
  });
});
