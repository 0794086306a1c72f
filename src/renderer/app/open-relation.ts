import type { Connection } from '@shared/models/connection-profile';
import type { Table } from '@shared/models/table';
import { connectionKey, openTableTab } from '../features/query/query-store';

/** Opens a tab with the rows of a relation. */
export function openRelation(
  connection: Connection,
  { schema, name, canSelect }: Pick<Table, 'schema' | 'name' | 'canSelect'>,
): void {
  if (canSelect) void openTableTab(connectionKey(connection), { schema, name });
}
