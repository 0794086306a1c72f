import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatBytes,
  formatCount,
  listOf,
} from '../../../../../../src/main/services/query/impact/quantities';

describe('formatBytes', () => {
  // The right column is what pg_size_pretty of PostgreSQL 18 says.
  it.each([
    [0, '0 bytes'],
    [10_239, '10239 bytes'],
    [10_240, '10 kB'],
    [10_485_247, '10239 kB'],
    [10_485_248, '10 MB'],
    [325_058_560, '310 MB'],
    [10_736_893_952, '10 GB'],
    [10_994_579_406_848, '10 TB'],
  ])('%i is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('counts', () => {
  it('have commas between thousands', () => {
    expect(formatCount(1_204_332)).toBe('1,204,332');
    expect(formatCount(999)).toBe('999');
  });

  it.each([
    [0, 'row', '0 rows'],
    [1, 'row', '1 row'],
    [2, 'foreign key', '2 foreign keys'],
    [2, 'policy', '2 policies'],
    [1_000, 'index', '1,000 indexes'],
  ])('%i of %s is %s', (count, noun, text) => {
    expect(countOf(count, noun)).toBe(text);
  });
});

describe('listOf', () => {
  it('names the first few and counts the rest', () => {
    expect(listOf([])).toBe('');
    expect(listOf(['a'])).toBe('a');
    expect(listOf(['a', 'b'])).toBe('a and b');
    expect(listOf(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
    expect(listOf(['a'], 1_001)).toBe('a and 1,000 more');
  });
});
