import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Queryable, TextRow } from '../../../../../src/main/db/statements/queryable';
import {
  isTrue,
  readObjects,
  readRows,
} from '../../../../../src/main/services/introspection/read-rows';

const model = z.object({ name: z.string(), count: z.string() });

function answering(rows: readonly TextRow[]): Queryable {
  return { query: () => Promise.resolve(rows) };
}

describe('readObjects', () => {
  it('keeps what a JavaScript number cannot hold, and leaves out what the model does not have', async () => {
    const db = answering([
      { object: '{"name": "é🐘\\n", "count": "9223372036854775807", "x": 1}' },
    ]);
    expect(await readObjects(db, model, 'SELECT')).toEqual([
      { name: 'é🐘\n', count: '9223372036854775807' },
    ]);
  });

  it.each([
    ['a field is missing', '{"name": "a"}'],
    ['a field is of another type', '{"name": "a", "count": 1}'],
    ['there is no object', null],
  ])('says that it is a defect when %s', async (_case, object) => {
    await expect(readObjects(answering([{ object }]), model, 'SELECT')).rejects.toMatchObject({
      kind: 'Internal',
      message: expect.stringContaining('catalog held something unexpected'),
    });
  });
});

describe('readRows', () => {
  it('lets other work have its turn in a long list, and keeps the order', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ name: 'n', count: String(index) }));
    let turns = 0;
    let isDone = false;
    const takeTurns = (): void => {
      turns += 1;
      if (!isDone) setImmediate(takeTurns);
    };
    setImmediate(takeTurns);
    const found = await readRows(answering(rows), model, (row) => row, 'SELECT');
    isDone = true;
    expect(found.map((row) => row.count)).toEqual(rows.map((row) => row.count));
    expect(turns).toBeGreaterThan(1);
  });
});

describe('isTrue', () => {
  it('knows what the server writes and nothing else', () => {
    expect([isTrue('t'), isTrue('f'), isTrue('true'), isTrue(null), isTrue(undefined)]).toEqual([
      true,
      false,
      null,
      null,
      null,
    ]);
  });
});
