import type { Connection } from '@shared/models/connection-profile';
import type { Table } from '@shared/models/table';
import {
  Copy,
  Database,
  Download,
  ListFilter,
  Play,
  Plug,
  RefreshCw,
  Settings2,
} from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import type { MenuAction, MenuActions } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { SearchField } from '../../components/search-field';
import { shortcutText } from '../../components/shortcut-text';
import { showToast } from '../../components/toast-store';
import { emptyCatalog } from './catalog';
import {
  load,
  openCatalog,
  refreshCatalog,
  requestOf,
  setFilter,
  toggleSystem,
  useCatalogs,
} from './catalog-store';
import { SchemaTree } from './schema-tree';
import { treeRows, type TreeRow } from './tree-rows';
import styles from './schema-browser.module.css';

interface SchemaBrowserProps {
  readonly connection: Connection;
  /** Asked for by a double click or Enter on a relation. */
  readonly onOpenRelation: (table: Table) => void;
  /** Asked for on a relation whose rows may be read. */
  readonly onExportRelation: (table: Table) => void;
  /** Asked for on another database of the server: it takes a connection of its own. */
  readonly onConnectToDatabase: (database: string) => void;
}

/** The database's schemas, relations and columns. */
export function SchemaBrowser({
  connection,
  onOpenRelation,
  onExportRelation,
  onConnectToDatabase,
}: SchemaBrowserProps) {
  const { connectionId, database } = connection;
  const catalog = useCatalogs(({ catalogs }) => catalogs[connectionId]) ?? emptyCatalog;
  const panel = useRef<HTMLElement>(null);
  const rows = useMemo(() => treeRows(catalog, database), [catalog, database]);
  const isBusy = catalog.schemas?.status === 'loading';

  useEffect(() => void openCatalog(connectionId), [connectionId]);

  const focusTree = (): void => panel.current?.querySelector<HTMLElement>('[role=tree]')?.focus();
  const open = ({ content }: TreeRow): void => {
    if (content.kind === 'relation') onOpenRelation(content.table);
    if (content.kind === 'database' && content.database.canConnect) {
      onConnectToDatabase(content.database.name);
    }
  };
  const menuActions = (row: TreeRow): MenuActions => {
    const request = requestOf(row);
    const actions = [
      opening(row, () => open(row)),
      exporting(row, onExportRelation),
      nameOf(row) !== null && {
        label: 'Copy name',
        icon: <Copy />,
        shortcut: shortcutText('C'),
        onSelect: () => void copyName(row),
      },
      request && {
        label: 'Refresh',
        icon: <RefreshCw />,
        onSelect: () => void load(connectionId, request),
      },
    ];
    return actions.filter((action): action is MenuAction => Boolean(action));
  };

  return (
    <section ref={panel} className={styles['browser']} aria-label="Schema browser">
      <header className={styles['header']}>
        <h2 className={styles['title']} title={printable(database)}>
          <Database aria-hidden="true" />
          <span className={styles['database']}>{printable(database)}</span>
        </h2>
        <IconButton
          label={catalog.showSystem ? 'Hide system schemas' : 'Show system schemas'}
          icon={<Settings2 />}
          aria-pressed={catalog.showSystem}
          onClick={() => toggleSystem(connectionId)}
        />
        <IconButton
          label="Refresh"
          icon={<RefreshCw />}
          className={isBusy ? styles['busy'] : undefined}
          onClick={() => void refreshCatalog(connectionId)}
        />
      </header>
      <div className={styles['filter']}>
        <SearchField
          label="Filter relations"
          icon={<ListFilter />}
          value={catalog.filter}
          onChange={(filter) => void setFilter(connectionId, filter)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            focusTree();
          }}
        />
      </div>
      {catalog.schemas?.status === 'failed' && (
        <ErrorNotice
          className={styles['failure']}
          error={catalog.schemas.error}
          actions={
            <Button variant="link" onClick={() => void openCatalog(connectionId)}>
              Try again
            </Button>
          }
        />
      )}
      <SchemaTree
        connectionId={connectionId}
        rows={rows}
        activeKey={catalog.activeKey}
        revealKey={catalog.revealKey}
        filter={catalog.filter}
        onOpen={open}
        onCopyName={(row) => void copyName(row)}
        menuActions={menuActions}
      />
    </section>
  );
}

function exporting({ content }: TreeRow, onExport: (table: Table) => void): MenuAction | null {
  if (content.kind !== 'relation') return null;
  const { table } = content;
  return {
    label: 'Export…',
    icon: <Download />,
    disabled: !table.canSelect,
    onSelect: () => onExport(table),
  };
}

function opening({ content }: TreeRow, onSelect: () => void): MenuAction | null {
  if (content.kind === 'relation') {
    const disabled = !content.table.canSelect;
    return { label: 'Open', icon: <Play />, shortcut: 'Enter', disabled, onSelect };
  }
  if (content.kind === 'database') {
    const disabled = !content.database.canConnect;
    return { label: 'Connect…', icon: <Plug />, shortcut: 'Enter', disabled, onSelect };
  }
  return null;
}

/** The name as the server has it, for the clipboard: display signs have no place there. */
function nameOf({ content }: TreeRow): string | null {
  switch (content.kind) {
    case 'schema':
      return content.schema.name;
    case 'relation':
      return content.table.name;
    case 'column':
      return content.column.name;
    case 'database':
      return content.database.name;
    case 'folder':
    case 'loading':
    case 'empty':
    case 'failed':
      return null;
  }
}

async function copyName(row: TreeRow): Promise<void> {
  const name = nameOf(row);
  if (name === null) return;
  try {
    await navigator.clipboard.writeText(name);
  } catch (error) {
    showToast({ tone: 'danger', message: `The name was not copied: ${errorData(error).message}` });
  }
}
