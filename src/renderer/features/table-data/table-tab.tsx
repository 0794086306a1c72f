import type { RelationName } from '@shared/models/table-data';
import { readableIdentifier } from '@shared/sql/identifiers';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { gridMemory } from '../../components/grid/grid-memory';
import { ResultGrid } from '../../components/grid/result-grid';
import type { CellPosition } from '../../components/grid/selection';
import type { MenuActions } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { cellActions } from './cell-actions';
import { keepFrozen, keepWidths } from './column-arrangement';
import { exportTable } from './export-table';
import { FilterPanel } from './filter-panel';
import { FilterRow, filterRowHeight } from './filter-row/filter-row';
import { relationTitle, toggleSort } from './location';
import { TableBar } from './table-bar';
import {
  cancelRead,
  changeSelection,
  openTable,
  reloadTable,
  stepHistory,
} from './table-controller';
import { TableFooter } from './table-footer';
import { tableCommandOf } from './table-keys';
import { useTableTabs } from './table-store';
import styles from './table-tab.module.css';
import { useHeaderPress } from './use-header-press';
import { useRelatedRows } from './use-related-rows';
import { useTableFilter } from './use-table-filter';

interface TableTabProps {
  readonly tabId: string;
  readonly connectionId: string;
  /** The key under which a person's layout of the columns is kept. */
  readonly workspace: string;
  readonly relation: RelationName;
}

/** A relation's rows for browsing: filtered, sorted, and followed along its foreign keys. */
export function TableTab({ tabId, connectionId, workspace, relation }: TableTabProps) {
  const tab = useTableTabs(({ tabs }) => tabs[tabId]);
  const [message, setMessage] = useState<string | null>(null);
  const pane = useRef<HTMLElement>(null);
  const rows = tab?.rows ?? null;
  const focusGrid = (): void => pane.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  const filter = useTableFilter(tabId, tab, focusGrid);
  const related = useRelatedRows({
    connectionId,
    tabId,
    rows,
    onFollowed: focusGrid,
    onMessage: setMessage,
  });
  const sortBy = (column: number, isAdded: boolean): void => {
    const name = rows?.source.columns[column]?.name;
    if (name === undefined || tab === undefined) return;
    const sort = toggleSort(tab.history.present.sort, name, isAdded);
    void afterwards(changeSelection(tabId, { sort }));
  };
  const press = useHeaderPress({ onPress: sortBy, onRelease: () => keepWidths(tabId) });

  useEffect(
    () => openTable(tabId, connectionId, workspace, relation),
    [tabId, connectionId, workspace, relation],
  );

  if (tab === undefined) return null;
  const { history, error, readId, count, isFiltering } = tab;
  const { present } = history;

  /** The keyboard goes on in the rows once they are there. */
  async function afterwards(step: Promise<boolean>): Promise<void> {
    if (await step) focusGrid();
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && readId !== null) {
      void cancelRead(tabId);
      event.preventDefault();
      return;
    }
    const command = tableCommandOf(event);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command) {
      case 'back':
      case 'forward':
        void afterwards(stepHistory(tabId, command));
        return;
      case 'referenced':
      case 'referring':
        void related.follow(command);
        return;
      case 'filter':
        filter.setPanel(true);
        return;
      case 'filter-row':
        filter.toggleRow(isInFilterRow(event.target));
        return;
      case 'export':
        exportTable(tab);
        return;
      case 'reload':
        void afterwards(reloadTable(tabId));
        return;
      case 'sort':
      case 'add-sort': {
        const focus = rows === null ? null : gridMemory(rows.source).selection?.focus;
        if (focus != null) sortBy(focus.column, command === 'add-sort');
      }
    }
  };
  const title = printable(relationTitle(present.relation));
  // Such an error stands beside its condition, where that is to be seen.
  const isBeside =
    (isFiltering && error?.field !== undefined && error.field !== 'page') ||
    (filter.isRowShown && error?.field?.startsWith('filter:') === true);
  const actionsFor = (cell: CellPosition): MenuActions => {
    const name = rows?.source.columns[cell.column]?.name;
    if (rows === null || name === undefined) return [];
    const { source } = rows;
    const text = source.hasText(cell.row, cell.column)
      ? source.text(cell.row, cell.column)
      : undefined;
    return cellActions(
      rows.relation,
      { name, text },
      {
        onFilter: (added) => {
          const { filters } = filter.draft;
          void afterwards(filter.apply({ ...filter.draft, filters: [...filters, added] }));
        },
        onSort: (sort) => void afterwards(changeSelection(tabId, { sort })),
        onReferenced: () => void related.follow('referenced'),
        onReferring: () => void related.follow('referring'),
      },
    );
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of what is in it
    <section
      ref={pane}
      className={styles['tab']}
      aria-label={`Table ${title}`}
      aria-busy={readId !== null}
      onKeyDown={onKeyDown}
    >
      <TableBar
        tabId={tabId}
        tab={tab}
        isFilterRowShown={filter.isRowShown}
        onFilter={() => filter.setPanel(!isFiltering)}
        onFilterRow={() => filter.toggleRow(filter.isRowShown)}
        related={related.related}
        counts={related.counts}
        onRelatedClosed={() => {
          related.close();
          requestAnimationFrame(focusGrid);
        }}
        onFollow={(way) => void related.goTo(way)}
      />
      {isFiltering && rows !== null && (
        <FilterPanel
          key={JSON.stringify(present.relation)}
          columns={rows.relation.columns}
          draft={filter.draft}
          error={error}
          onChange={filter.change}
          onApply={(draft) => void afterwards(filter.apply(draft))}
          onClose={() => filter.setPanel(false)}
        />
      )}
      {error !== null && !isBeside && (
        <ErrorNotice
          className={styles['error']}
          error={error}
          actions={
            <Button size="small" onClick={() => void reloadTable(tabId)}>
              Try again
            </Button>
          }
        />
      )}
      {rows !== null && (
        <>
          <div className={styles['grid']} {...press}>
            <ResultGrid
              source={rows.source}
              relation={sqlName(present.relation)}
              onCopied={setMessage}
              actionsFor={actionsFor}
              onExport={() => exportTable(tab)}
              onFreeze={(frozen) => keepFrozen(tabId, frozen)}
              band={
                filter.isRowShown
                  ? {
                      height: filterRowHeight,
                      render: (viewport) => (
                        <FilterRow
                          key={JSON.stringify(present.relation)}
                          columns={rows.source.shown.flatMap(
                            (index) => rows.relation.columns[index] ?? [],
                          )}
                          viewport={viewport}
                          draft={filter.draft}
                          applied={present}
                          error={isFiltering ? null : error}
                          request={filter.fieldRequest}
                          onChange={filter.change}
                          onApply={(draft) => void filter.apply(draft)}
                          onLeave={focusGrid}
                        />
                      ),
                    }
                  : undefined
              }
            />
          </div>
          <TableFooter
            tabId={tabId}
            rows={rows}
            count={count}
            relation={sqlName(present.relation)}
            message={message}
            onMessage={setMessage}
          />
        </>
      )}
    </section>
  );
}

const isInFilterRow = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.dataset['filterColumn'] !== undefined;

const sqlName = ({ schema, name }: RelationName): string =>
  `${readableIdentifier(schema)}.${readableIdentifier(name)}`;
