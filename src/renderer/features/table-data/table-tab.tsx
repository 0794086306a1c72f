import type { RelationName } from '@shared/models/table-data';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Button } from '../../components/button';
import { gridMemory } from '../../components/grid/grid-memory';
import { ErrorNotice } from '../../components/notice';
import { ProgressLine } from '../../components/progress-line';
import { printable } from '../../components/printable';
import { useTimedMessage } from '../../components/use-timed-message';
import { exportTable } from './export-table';
import { FilterPanel, focusFilterPanel } from './filter-panel';
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
import { sqlName, TableGrid } from './table-grid';
import { answerTableKey, type TableCommands } from './table-keys';
import { useTableTabs } from './table-store';
import styles from './table-tab.module.css';
import { useRelatedRows } from './use-related-rows';
import { useTableCommands } from './use-table-commands';
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
  const [message, say] = useTimedMessage();
  const pane = useRef<HTMLElement>(null);
  const rows = tab?.rows ?? null;
  const focusGrid = (): void => pane.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  const filter = useTableFilter(tabId, tab, focusGrid);
  const related = useRelatedRows({
    connectionId,
    tabId,
    rows,
    onFollowed: focusGrid,
    onMessage: say,
  });
  const sortBy = (column: number, isAdded: boolean): void => {
    const name = rows?.source.columns[column]?.name;
    if (name === undefined || tab === undefined) return;
    const sort = toggleSort(tab.history.present.sort, name, isAdded);
    void afterwards(changeSelection(tabId, { sort }));
  };

  useEffect(
    () => openTable(tabId, connectionId, workspace, relation),
    [tabId, connectionId, workspace, relation],
  );

  const hasRows = rows !== null;
  useEffect(() => {
    // What had the focus went with the tab that was in front before, or is what brought this one there.
    const { activeElement, body } = document;
    const isFree =
      activeElement === body || activeElement?.matches('[role=tab][aria-selected=true]');
    if (hasRows && isFree === true)
      pane.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }, [hasRows]);

  /** The keyboard goes on in the rows once they are there. */
  async function afterwards(step: Promise<boolean>): Promise<void> {
    if (await step) focusGrid();
  }
  const sortByFocus = (isAdded: boolean): void => {
    const focus = rows === null ? null : gridMemory(rows.source).selection?.focus;
    if (focus != null) sortBy(focus.column, isAdded);
  };
  const commands: TableCommands = {
    back: () => void afterwards(stepHistory(tabId, 'back')),
    forward: () => void afterwards(stepHistory(tabId, 'forward')),
    referenced: () => void related.follow('referenced'),
    referring: () => void related.follow('referring'),
    filter: () => {
      if (tab?.isFiltering === true) focusFilterPanel(pane.current);
      else filter.setPanel(true);
    },
    'filter-row': (target) => filter.toggleRow(isInFilterRow(target)),
    export: () => tab !== undefined && exportTable(tab),
    reload: () => void afterwards(reloadTable(tabId)),
    sort: () => sortByFocus(false),
    'add-sort': () => sortByFocus(true),
  };
  const cancel = (): boolean => {
    const isReading = tab !== undefined && tab.readId !== null;
    if (isReading) void cancelRead(tabId);
    return isReading;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && cancel()) event.preventDefault();
    else answerTableKey(event, commands);
  };
  useTableCommands({ commands, cancel });

  if (tab === undefined) return null;
  const { history, error, readId, count, isFiltering } = tab;
  const { present } = history;
  const title = printable(relationTitle(present.relation));

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
      {readId !== null && <ProgressLine />}
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
      {error !== null && !filter.isBeside(error) && (
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
          <TableGrid
            tabId={tabId}
            tab={tab}
            rows={rows}
            filter={filter}
            onSort={sortBy}
            onFollow={(direction) => void related.follow(direction)}
            onCopied={say}
            focusGrid={focusGrid}
            afterwards={afterwards}
          />
          <TableFooter
            tabId={tabId}
            rows={rows}
            count={count}
            connectionId={tab.connectionId}
            relation={sqlName(present.relation)}
            message={message}
            onMessage={say}
          />
        </>
      )}
    </section>
  );
}

const isInFilterRow = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.dataset['filterColumn'] !== undefined;
