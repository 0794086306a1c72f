import type { DataRelation, SortColumn } from '@shared/models/table-data';
import { printable } from '../../components/printable';

/** In which order the rows come, in words: the chosen columns, then what settles ties among them. */
export function orderText(
  { paging, kind, key }: Pick<DataRelation, 'paging' | 'kind' | 'key'>,
  sort: readonly SortColumn[],
): string {
  const chosen = sort.map(({ column, descending }) =>
    descending ? `${printable(column)} descending` : printable(column),
  );
  const rest = key.filter((name) => sort.every(({ column }) => column !== name)).map(printable);
  const order = `by ${[...chosen, ...(paging === 'key' ? rest : [])].join(', ')}`;
  switch (paging) {
    case 'key':
      return order;
    case 'storage':
      return sort.length === 0 ? 'no key: in storage order' : `${order}, then in storage order`;
    case 'stream':
      return `${sort.length === 0 ? '' : `${order}; `}${kind}: read from its start`;
  }
}
