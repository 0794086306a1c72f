import { expect, it } from 'vitest';
import { runsOf } from '../../../../src/renderer/components/marked-text';

it('divides a text where marks begin and end', () => {
  const runs = runsOf('order_items', [0, 1, 2, 6, 7]);
  expect(runs.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('')).toBe(
    '[ord]er_[it]ems',
  );
  expect(runsOf('', [])).toEqual([]);
  expect(runsOf('abc', [2]).map(({ text }) => text)).toEqual(['ab', 'c']);
});
