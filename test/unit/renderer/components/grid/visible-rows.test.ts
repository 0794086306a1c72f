import { expect, it } from 'vitest';
import { visibleRows } from '../../../../../src/renderer/components/grid/visible-rows';

it('counts rows of which only a part is seen', () => {
  expect(visibleRows(1000, 26, { offset: 0, height: 260 })).toMatchObject({
    firstRow: 0,
    lastSeen: 9,
  });
  expect(visibleRows(1000, 26, { offset: 25, height: 260 })).toMatchObject({
    firstRow: 0,
    lastSeen: 10,
  });
  expect(visibleRows(1000, 26, { offset: 26, height: 261 })).toMatchObject({
    firstRow: 1,
    lastSeen: 11,
  });
});

it('has as many elements wherever it is scrolled to, until the rows end', () => {
  for (let offset = 0; offset < 100; offset += 1) {
    const { firstRow, lastSeen, lastRow } = visibleRows(1000, 26, { offset, height: 260 });
    expect(lastRow - firstRow).toBe(10);
    expect(lastRow).toBeGreaterThanOrEqual(lastSeen);
  }
  expect(visibleRows(5, 26, { offset: 0, height: 260 })).toMatchObject({ lastSeen: 4, lastRow: 4 });
  expect(visibleRows(0, 26, { offset: 0, height: 260 })).toMatchObject({
    lastSeen: -1,
    lastRow: -1,
  });
});

it('places elements near a base, however far down', () => {
  const offset = 49_999_990 * 26;
  const { firstRow, base } = visibleRows(50_000_000, 26, { offset, height: 260 });
  expect(firstRow).toBe(49_999_990);
  expect(firstRow * 26 - base).toBeLessThan(1_000_000);
});
