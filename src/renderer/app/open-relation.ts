import type { Connection } from '@shared/models/connection-profile';
import type { Table } from '@shared/models/table';
import { connectionKey, openQueryTab } from '../features/query/query-store';
import { quoteIdentifier } from '../features/query/sql-text';

/** Rows that opening a relation asks for. */
const firstRows = 200;

/** The statement that shows the first rows of a relation. */
export function relationQuery(table: Pick<Table, 'schema' | 'name'>): string {
  const relation = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  return `select * from ${relation} limit ${firstRows};`;
}

/** Opens a tab that shows the first rows of a relation, and runs it. */
export function openRelation(connection: Connection, table: Table): void {
  if (!table.canSelect) return;
  openQueryTab(connectionKey(connection), {
    title: table.schema === 'public' ? table.name : `${table.schema}.${table.name}`,
    text: relationQuery(table),
    run: true,
  });
}
