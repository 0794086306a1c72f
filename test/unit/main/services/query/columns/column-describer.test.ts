import type { ResultColumn } from '@shared/models/query-result';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../../../../src/main/db/errors/database-error';
import type { Pool } from '../../../../../../src/main/db/pool/pool';
import type { TextRow } from '../../../../../../src/main/db/statements/queryable';
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

describe('an answer that comes late', () => {
  const questions: { oids: readonly string[]; answer: (name: string) => void }[] = [];
  const pool = {
    query: (_text: string, [oids = []]: readonly (readonly string[])[]) =>
      new Promise<readonly TextRow[]>((resolve) => {
        const answer = (name: string): void =>
          resolve(oids.map((oid) => ({ oid, modifier: '-1', name })));
        questions.push({ oids, answer });
      }),
  } as unknown as Pool;
  const mood = { ...field, dataTypeID: 20_000, dataTypeModifier: -1 };
  const color = { ...mood, dataTypeID: 20_001 };
  const typesOf = async (result: Promise<readonly ResultColumn[]>): Promise<readonly string[]> =>
    (await result).map(({ type }) => type);

  beforeEach(() => {
    questions.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('names the type for the next result', async () => {
    const describer = new ColumnDescriber(pool);
    const first = describer.describe([mood]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await typesOf(first)).toEqual(['type 20000']);
    questions[0]?.answer('mood');
    expect(await typesOf(describer.describe([mood]))).toEqual(['mood']);
    expect(questions).toHaveLength(1);
  });

  it('is waited for by others who want the same, and not asked for twice', async () => {
    const describer = new ColumnDescriber(pool);
    const first = describer.describe([mood]);
    const second = describer.describe([mood, color]);
    expect(questions.map(({ oids }) => oids)).toEqual([['20000'], ['20001']]);
    questions[1]?.answer('color');
    questions[0]?.answer('mood');
    expect(await typesOf(first)).toEqual(['mood']);
    expect(await typesOf(second)).toEqual(['mood', 'color']);
  });

  it('is not taken for the name of now once types were changed', async () => {
    const describer = new ColumnDescriber(pool);
    const first = describer.describe([mood]);
    describer.forget();
    const second = describer.describe([mood]);
    questions[0]?.answer('mood');
    questions[1]?.answer('temper');
    await Promise.all([first, second]);
    expect(await typesOf(describer.describe([mood]))).toEqual(['temper']);
  });

  it('is asked for again where it was none', async () => {
    const asked: string[] = [];
    const describer = new ColumnDescriber({
      query: () => {
        asked.push('once');
        return Promise.reject(new DatabaseError({ kind: 'PoolExhausted', message: 'No.' }));
      },
    } as unknown as Pool);
    expect(await typesOf(describer.describe([mood]))).toEqual(['type 20000']);
    await describer.describe([mood]);
    expect(asked).toHaveLength(2);
  });
});

it('tells of a defect', async () => {
  const pool = { query: () => Promise.reject(new TypeError('a defect')) } as unknown as Pool;
  await expect(new ColumnDescriber(pool).describe([field])).rejects.toThrow('a defect');
});
