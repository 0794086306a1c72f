import { expect, it } from 'vitest';
import { orderText } from '../../../../src/renderer/features/table-data/order-text';

const keyed = { paging: 'key', kind: 'table', key: ['id', 'part'] } as const;
const column = (name: string, descending = false) =>
  ({ column: name, descending, nulls: 'last' }) as const;

it.each([
  [[], 'by id, part'],
  [[column('price')], 'by price, id, part'],
  [[column('part', true), column('price')], 'by part descending, price, id'],
  [[column('a\nb')], 'by a↵b, id, part'],
])('names the chosen order before the key: %j', (sort, words) => {
  expect(orderText({ ...keyed, key: [...keyed.key] }, sort)).toBe(words);
});

it('tells of rows without a key and of those read from their start', () => {
  const storage = { paging: 'storage', kind: 'table', key: [] } as const;
  const stream = { paging: 'stream', kind: 'view', key: [] } as const;
  expect(orderText({ ...storage, key: [] }, [])).toBe('no key: in storage order');
  expect(orderText({ ...storage, key: [] }, [column('a')])).toBe('by a, then in storage order');
  expect(orderText({ ...stream, key: [] }, [])).toBe('view: read from its start');
  expect(orderText({ ...stream, key: [] }, [column('a')])).toBe('by a; view: read from its start');
});
