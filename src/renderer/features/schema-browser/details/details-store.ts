import type { Table } from '@shared/models/table';
import { create } from 'zustand';
import { call } from '../../../api/postern';
import type { TreeItem } from '../tree-item';

/** What the details dialog shows. */
export type Details =
  | {
      readonly kind: 'relation';
      readonly connectionId: string;
      readonly schema: string;
      readonly name: string;
    }
  | { readonly kind: 'definition'; readonly connectionId: string; readonly item: TreeItem };

/** The details that are shown; null for none. */
export const useDetails = create<{ readonly details: Details | null }>(() => ({ details: null }));

/** Shows everything about a relation. */
export function showRelation(
  connectionId: string,
  { schema, name }: Pick<Table, 'schema' | 'name'>,
): void {
  useDetails.setState({ details: { kind: 'relation', connectionId, schema, name } });
}

/** Shows the statement that makes an item. */
export function showDefinition(connectionId: string, item: TreeItem): void {
  useDetails.setState({ details: { kind: 'definition', connectionId, item } });
}

/** Closes the details. */
export function closeDetails(): void {
  useDetails.setState({ details: null });
}

/** The statement that makes an item, as the server prints it; null where it prints none. Raises CallError. */
export async function definitionOf(connectionId: string, item: TreeItem): Promise<string | null> {
  if (item.definition !== undefined) return item.definition;
  if (item.routine === undefined) return null;
  return call('catalog:get-routine-definition', { connectionId, oid: item.routine });
}
