import type { Connection } from '@shared/models/connection-profile';
import { Database, ListFilter, RefreshCw, Settings2 } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { copyOrTell } from '../../components/copy-or-tell';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { SearchField } from '../../components/search-field';
import { useShallow } from 'zustand/react/shallow';
import { emptyCatalog, isReading, withoutPlace } from './catalog';
import { setFilter, toggleSystem } from './catalog-filter';
import { useCatalogs } from './catalog-store';
import { openCatalog } from './open-catalog';
import { refreshCatalog } from './refresh-catalog';
import { DetailsDialog } from './details/details-dialog';
import { nameOf, openingOf, rowActions, type RowHandlers } from './row-actions';
import { SchemaTree } from './schema-tree';
import type { TreeRow } from './tree-node';
import { treeRows } from './tree-rows';
import styles from './schema-browser.module.css';

interface SchemaBrowserProps extends RowHandlers {
  readonly connection: Connection;
}

/** The database's schemas, relations and columns. */
export function SchemaBrowser({ connection, ...handlers }: SchemaBrowserProps) {
  const { connectionId, database } = connection;
  const catalog = useCatalogs(({ catalogs }) => catalogs[connectionId]) ?? emptyCatalog;
  const panel = useRef<HTMLElement>(null);
  const shown = useCatalogs(
    useShallow(({ catalogs }) => withoutPlace(catalogs[connectionId] ?? emptyCatalog)),
  );
  const rows = useMemo(() => treeRows(shown, database), [shown, database]);
  const isBusy = useMemo(() => isReading(shown), [shown]);

  useEffect(() => void openCatalog(connectionId), [connectionId]);

  const focusTree = (): void => panel.current?.querySelector<HTMLElement>('[role=tree]')?.focus();
  const copyName = (row: TreeRow): void => {
    const name = nameOf(row);
    if (name !== null) copyOrTell(name, 'name');
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
        onOpen={(row) => openingOf(connection, row, handlers)?.()}
        canOpen={(row) => openingOf(connection, row, handlers) !== null}
        onCopyName={copyName}
        onFind={() => panel.current?.querySelector<HTMLElement>('[type=search]')?.focus()}
        menuActions={(row) => rowActions(connection, row, handlers)}
      />
      <DetailsDialog onOpenQuery={handlers.onOpenQuery} />
    </section>
  );
}
