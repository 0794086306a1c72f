import { expect, it } from 'vitest';
import { aboutRows } from '../../../../src/renderer/components/about-rows';

it.each([
  [0.4, 'about 0'],
  [950, 'about 950'],
  [1_049, 'about 1,000'],
  [12_345, 'about 12,000'],
  [999_999, 'about 1 M'],
  [1_234_567, 'about 1.2 M'],
  [98_765_432, 'about 99 M'],
  [3_100_000_000, 'about 3.1 billion'],
])('writes an estimate of %d rows', (estimate, text) => {
  expect(aboutRows(estimate)).toBe(text);
});
