import type { Connection } from '@shared/models/connection-profile';
import type { Table } from '@shared/models/table';
import { workspaceKey } from '@shared/models/workspace';
import { openTableTab } from '../features/query/query-store';

/** Opens a tab with the rows of a relation. */
export function openRelation(
  connection: Connection,
  { schema, name, canSelect }: Pick<Table, 'schema' | 'name' | 'canSelect'>,
): void {
  if (canSelect) void openTableTab(workspaceKey(connection), { schema, name });
}
