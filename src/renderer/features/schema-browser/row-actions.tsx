import type { Connection } from '@shared/models/connection-profile';
import type { Table } from '@shared/models/table';
import { Copy, Download, FileText, Info, Play, Plug, RefreshCw } from 'lucide-react';
import { errorData } from '../../api/postern';
import { copyOrTell } from '../../components/copy-or-tell';
import type { MenuAction, MenuActions } from '../../components/menu';
import { acceleratorText } from '../../components/shortcut-text';
import { showToast } from '../../components/toast-store';
import { load } from './catalog-load';
import { requestsOf } from './unfold-row';
import { definitionOf } from './details/details-store';
import { detailsOf } from './details-of';
import type { TreeRow } from './tree-node';

/** What the tree asks the window for. */
export interface RowHandlers {
  /** Asked for by a double click or Enter on a relation. */
  readonly onOpenRelation: (table: Table) => void;
  /** Asked for on a relation whose rows may be read. */
  readonly onExportRelation: (table: Table) => void;
  /** Asked for to change or run the statement that makes an object. */
  readonly onOpenQuery: (title: string, text: string) => void;
  /** Asked for on another database of the server: it takes a connection of its own. */
  readonly onConnectToDatabase: (database: string) => void;
}

/** What Enter and a double click do with a line; null where they only unfold it. */
export function openingOf(
  { connectionId }: Pick<Connection, 'connectionId'>,
  { content }: TreeRow,
  handlers: RowHandlers,
): (() => void) | null {
  if (content.kind === 'relation') {
    const { table } = content;
    if (table.kind === 'sequence') return detailsOf(connectionId, content);
    return table.canSelect ? () => handlers.onOpenRelation(table) : null;
  }
  if (content.kind === 'database') {
    const { name, canConnect } = content.database;
    return canConnect ? () => handlers.onConnectToDatabase(name) : null;
  }
  if (content.kind !== 'item') return null;
  return detailsOf(connectionId, content);
}

/** The lines of a row's menu. */
export function rowActions(
  connection: Connection,
  row: TreeRow,
  handlers: RowHandlers,
): MenuActions {
  const { connectionId } = connection;
  const { content } = row;
  const open = openingOf(connection, row, handlers);
  const details = detailsOf(connectionId, content);
  const requests = requestsOf(row);
  const name = nameOf(row);
  const actions: readonly (MenuAction | null | false)[] = [
    opening(row, open),
    details !== null &&
      content.kind !== 'item' && {
        label: 'Details…',
        icon: <Info />,
        shortcut: acceleratorText('CmdOrCtrl+I'),
        onSelect: details,
      },
    content.kind === 'relation' &&
      content.table.kind !== 'sequence' && {
        label: 'Export…',
        icon: <Download />,
        disabled: !content.table.canSelect,
        onSelect: () => handlers.onExportRelation(content.table),
      },
    name !== null && {
      label: 'Copy name',
      icon: <Copy />,
      shortcut: acceleratorText('CmdOrCtrl+C'),
      onSelect: () => copyOrTell(name, 'name'),
    },
    content.kind === 'item' &&
      open !== null && {
        label: 'Copy definition',
        icon: <FileText />,
        onSelect: () => void copyDefinition(connectionId, content.item),
      },
    requests.length > 0 && {
      label: 'Refresh',
      icon: <RefreshCw />,
      onSelect: () => requests.forEach((request) => void load(connectionId, request)),
    },
  ];
  return actions.filter((action): action is MenuAction => Boolean(action));
}

function opening({ content }: TreeRow, open: (() => void) | null): MenuAction | null {
  const action = { shortcut: 'Enter', disabled: open === null, onSelect: () => open?.() };
  if (content.kind === 'relation') {
    return content.table.kind === 'sequence' ? null : { ...action, label: 'Open', icon: <Play /> };
  }
  if (content.kind === 'database') return { ...action, label: 'Connect…', icon: <Plug /> };
  if (content.kind !== 'item' || open === null) return null;
  return { ...action, label: 'Details…', icon: <Info /> };
}

/** The name as the server has it, for the clipboard: display signs have no place there. */
export function nameOf({ content }: TreeRow): string | null {
  switch (content.kind) {
    case 'schema':
      return content.schema.name;
    case 'relation':
      return content.table.name;
    case 'column':
      return content.column.name;
    case 'database':
      return content.database.name;
    case 'item':
      return content.item.name;
    case 'folder':
    case 'loading':
    case 'empty':
    case 'failed':
      return null;
  }
}

async function copyDefinition(
  connectionId: string,
  item: Parameters<typeof definitionOf>[1],
): Promise<void> {
  try {
    copyOrTell((await definitionOf(connectionId, item)) ?? '', 'definition');
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}
