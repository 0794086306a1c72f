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
  | { readonly kind: 'object'; readonly connectionId: string; readonly item: TreeItem };

/** The details that are shown; null for none. */
export const useDetails = create<{ readonly details: Details | null }>(() => ({ details: null }));

/** Shows everything about a relation. */
export function showRelation(
  connectionId: string,
  { schema, name }: Pick<Table, 'schema' | 'name'>,
): void {
  useDetails.setState({ details: { kind: 'relation', connectionId, schema, name } });
}

/** Whether there is more to show of an item than its line and its tooltip. */
export function hasDetails({ definition, compose, routine, grants }: TreeItem): boolean {
  return [definition, compose, routine, grants].some((source) => source !== undefined);
}

/** Shows what there is to say of an item. */
export function showObject(connectionId: string, item: TreeItem): void {
  useDetails.setState({ details: { kind: 'object', connectionId, item } });
}

/** Closes the details. */
export function closeDetails(): void {
  useDetails.setState({ details: null });
}

/** The statement that makes an item; null where there is none. Raises CallError. */
export async function definitionOf(connectionId: string, item: TreeItem): Promise<string | null> {
  if (item.definition !== undefined) return item.definition;
  if (item.compose !== undefined) return item.compose();
  if (item.routine === undefined) return null;
  return call('catalog:get-routine-definition', { connectionId, oid: item.routine });
}
