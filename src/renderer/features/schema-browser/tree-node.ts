import type { Database } from '@shared/models/database';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { Schema } from '@shared/models/schema';
import type { Sequence } from '@shared/models/sequence';
import type { Column, Table } from '@shared/models/table';
import { messageKey } from './catalog';
import type { Loadable } from './loadable';
import type { TreeItem } from './tree-item';

/** A part of the catalog that can be read, and read again. */
export type LoadRequest =
  | { readonly kind: 'schemas' }
  | { readonly kind: 'databases' }
  | { readonly kind: 'server' }
  | { readonly kind: 'tables'; readonly schema: string }
  | { readonly kind: 'schema-objects'; readonly schema: string }
  | { readonly kind: 'table-info'; readonly schema: string; readonly table: string }
  | { readonly kind: 'attachments'; readonly schema: string; readonly table: string };

/** What a line of the tree stands for. */
export type RowContent =
  | { readonly kind: 'schema'; readonly schema: Schema; readonly count: number | null }
  | {
      readonly kind: 'relation';
      readonly table: Table;
      /** The state of a sequence, once it is read. */
      readonly sequence?: Sequence | undefined;
    }
  | {
      readonly kind: 'column';
      readonly table: Table;
      readonly column: Column;
      /** `schema.table.column` that it refers to, for each foreign key it is part of. */
      readonly references: readonly string[];
    }
  | { readonly kind: 'folder'; readonly label: string; readonly count: number | null }
  | { readonly kind: 'database'; readonly database: Database }
  /** Everything else that has a name. */
  | { readonly kind: 'item'; readonly item: TreeItem }
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: DatabaseErrorData; readonly retry: LoadRequest };

/** One line of the tree as it is drawn, top to bottom. */
export interface TreeRow {
  readonly key: string;
  readonly content: RowContent;
  /** The text that typing finds. */
  readonly text: string;
  /** From 1, as aria-level counts. */
  readonly level: number;
  readonly parentKey: string | null;
  /** Null where nothing can be unfolded. */
  readonly expanded: boolean | null;
  /** From 1, as aria-posinset counts, among the lines of the same parent. */
  readonly position: number;
  readonly siblings: number;
}

/** A line with what is below it. */
export interface TreeNode {
  readonly key: string;
  readonly content: RowContent;
  readonly text: string;
  /** Null where nothing can be unfolded. */
  readonly expanded: boolean | null;
  /** Called only when it is unfolded. */
  readonly children?: () => readonly TreeNode[];
}

/** The lines below a part of the catalog: one that loads, one that failed, or what was read. */
export function loaded<T>(
  loadable: Loadable<T> | undefined,
  parent: string,
  retry: LoadRequest,
  nodes: (value: T) => readonly TreeNode[],
): readonly TreeNode[] {
  if (loadable?.status === 'failed') {
    const failed = failedNode(parent, loadable.error, retry);
    return loadable.value === undefined ? [failed] : [failed, ...nodes(loadable.value)];
  }
  if (loadable?.value === undefined) {
    return [{ key: messageKey(parent), text: '', expanded: null, content: { kind: 'loading' } }];
  }
  return nodes(loadable.value);
}

/** `loaded` for what stands beside other lines: nothing until it is there. */
export function loadedQuietly<T>(
  loadable: Loadable<T> | undefined,
  parent: string,
  retry: LoadRequest,
  nodes: (value: T) => readonly TreeNode[],
): readonly TreeNode[] {
  return loadable?.status === 'failed' || loadable?.value !== undefined
    ? loaded(loadable, parent, retry, nodes)
    : [];
}

function failedNode(parent: string, error: DatabaseErrorData, retry: LoadRequest): TreeNode {
  const content = { kind: 'failed', error, retry } as const;
  return { key: messageKey(`${parent}\0${retry.kind}`), text: '', expanded: null, content };
}

/** The line that stands for children which are not there. */
export function emptyNode(parent: string, text: string): TreeNode {
  return { key: messageKey(parent), content: { kind: 'empty', text }, text: '', expanded: null };
}

/** A folder of items, or nothing where there are none. */
export function itemFolder(
  expanded: ReadonlySet<string>,
  key: string,
  label: string,
  items: readonly TreeItem[],
): readonly TreeNode[] {
  if (items.length === 0) return [];
  return [
    {
      key,
      content: { kind: 'folder', label, count: items.length },
      text: label,
      expanded: expanded.has(key),
      children: () => items.map((item) => itemNode(expanded, key, item)),
    },
  ];
}

function itemNode(expanded: ReadonlySet<string>, parent: string, item: TreeItem): TreeNode {
  const key = itemKey(parent, item);
  const parts = item.parts ?? [];
  return {
    key,
    content: { kind: 'item', item },
    text: item.name,
    expanded: parts.length === 0 ? null : expanded.has(key),
    children: () => parts.map((part) => itemNode(expanded, key, part)),
  };
}

/** The tree's key of an item in its folder. */
export function itemKey(folder: string, { id, name }: Pick<TreeItem, 'id' | 'name'>): string {
  return `${folder}\0${id ?? name}`;
}
