import { describe, expect, it } from 'vitest';
import { seldom } from '../../../../../../src/main/services/query/run/seldom';

describe('seldom', () => {
  it('hands on the first report at once, then one in each tenth of a second', () => {
    const seen: number[] = [];
    let time = 5_000;
    const report = seldom(
      (value: number) => seen.push(value),
      () => time,
    );
    for (const [at, value] of [
      [5_000, 1],
      [5_001, 2],
      [5_099, 3],
      [5_100, 4],
      [5_150, 5],
      [5_999, 6],
    ] as const) {
      time = at;
      report(value);
    }
    expect(seen).toEqual([1, 4, 6]);
  });
});
