import { describe, expect, it } from 'vitest';
import { gridMemory, layOutLike } from '../../../../../src/renderer/components/grid/grid-memory';
import { RowSource, type RowReader } from '../../../../../src/renderer/components/grid/row-source';
import { column, resultOf } from './row-batches';

const unread = (): Promise<never> => Promise.reject(new Error('No row is read here.'));
const reader: RowReader = {
  readRows: unread,
  readCell: unread,
  readAll: unread,
  stopReading: () => undefined,
  closeResult: () => undefined,
};
const sourceOf = (...names: string[]) =>
  new RowSource(
    resultOf(
      names.map((name) => column(name)),
      [names],
    ),
    reader,
  );

describe('layOutLike', () => {
  const laidOut = () => {
    const source = sourceOf('id', 'name', 'note');
    Object.assign(gridMemory(source), { frozen: 1, left: 40, widths: [60, 90, 200] });
    return source;
  };

  it('keeps frozen columns, widths and the place under the same columns', () => {
    const previous = laidOut();
    const next = sourceOf('id', 'name', 'note');
    layOutLike(previous, next);
    expect(gridMemory(next)).toMatchObject({ frozen: 1, left: 40, widths: [60, 90, 200] });
    // They are its own from here on.
    gridMemory(next).widths?.fill(0);
    expect(gridMemory(previous).widths).toEqual([60, 90, 200]);
  });

  it('keeps frozen columns alone where others follow them', () => {
    const next = sourceOf('id', 'name');
    layOutLike(laidOut(), next);
    expect(gridMemory(next)).toMatchObject({ frozen: 1, left: 0, widths: null });
  });

  it('keeps nothing where the frozen columns are others', () => {
    const next = sourceOf('name', 'id', 'note');
    layOutLike(laidOut(), next);
    expect(gridMemory(next)).toMatchObject({ frozen: 0, left: 0, widths: null });
  });
});
