import { describe, expect, it } from 'vitest';
import { typedTimeout } from '../../../../../src/renderer/features/query/options/typed-timeout';
import { timeoutText } from '../../../../../src/shared/formats/timeout-text';

describe('typedTimeout', () => {
  it.each([
    ['45', 45_000],
    [' 45 s ', 45_000],
    ['250ms', 250],
    ['1.5 min', 90_000],
    ['1,5 MIN', 90_000],
    ['2 h', 7_200_000],
  ])('reads %j', (text, milliseconds) => {
    expect(typedTimeout(text)).toBe(milliseconds);
  });

  it.each(['', '0', '-5', 'soon', '5 days', '1e3', '0.1 ms', '2147483648 ms', '600 h', '5 s 3'])(
    'refuses %j',
    (text) => {
      expect(typedTimeout(text)).toBeNull();
    },
  );
});

describe('timeoutText', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [1_500, '1500 ms'],
    [5_000, '5 s'],
    [90_500, '90.5 s'],
    [90_000, '90 s'],
    [300_000, '5 min'],
    [5_400_000, '90 min'],
    [7_200_000, '2 h'],
  ])('writes %i ms', (milliseconds, text) => {
    expect(timeoutText(milliseconds)).toBe(text);
  });

  it('is read back as it was', () => {
    for (const milliseconds of [1, 999, 1_000, 60_000, 61_000, 12_345, 3_600_000]) {
      expect(typedTimeout(timeoutText(milliseconds))).toBe(milliseconds);
    }
  });
});
