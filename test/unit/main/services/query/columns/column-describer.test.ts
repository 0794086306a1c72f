import { expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../../../../src/main/db/errors/database-error';
import type { Pool } from '../../../../../../src/main/db/pool/pool';
import { ColumnDescriber } from '../../../../../../src/main/services/query/columns/column-describer';

const field = {
  name: 'price',
  tableID: 0,
  columnID: 0,
  dataTypeID: 1700,
  dataTypeModifier: 655366,
};

// The statement has run: what its columns are called must not make it look as if it had failed.
it.each(['ConnectionLost', 'TooManyConnections', 'Timeout', 'PermissionDenied'] as const)(
  'names a type without its modifier when the server answers %s',
  async (kind) => {
    const pool = {
      query: () => Promise.reject(new DatabaseError({ kind, message: 'No.' })),
    } as unknown as Pool;
    const describer = new ColumnDescriber(pool);
    await describer.preload({
      query: () => Promise.resolve([{ oid: '1700', modifier: '-1', name: 'numeric' }]),
    });
    expect(await describer.describe([field])).toMatchObject([{ name: 'price', type: 'numeric' }]);
  },
);

it('does not wait for ever for the built-in types', async () => {
  vi.useFakeTimers();
  try {
    const pool = {
      query: () => Promise.resolve([{ oid: '1700', modifier: '655366', name: 'numeric(10,2)' }]),
    } as unknown as Pool;
    const describer = new ColumnDescriber(pool);
    void describer.preload({ query: () => new Promise(() => undefined) });
    const described = describer.describe([field]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await described).toMatchObject([{ type: 'numeric(10,2)' }]);
  } finally {
    vi.useRealTimers();
  }
});

it('tells of a defect', async () => {
  const pool = { query: () => Promise.reject(new TypeError('a defect')) } as unknown as Pool;
  await expect(new ColumnDescriber(pool).describe([field])).rejects.toThrow('a defect');
});
