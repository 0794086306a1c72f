import type { RelationName } from '@shared/models/table-data';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import type { MenuActions } from '../../components/menu';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { gridMemory } from '../../components/grid/grid-memory';
import { ResultGrid } from '../../components/grid/result-grid';
import type { CellPosition } from '../../components/grid/selection';
import { readableIdentifier } from '@shared/sql/identifiers';
import { cellActions } from './cell-actions';
import { type SelectionDraft, toConditions, toSelectionDraft } from './filter-draft';
import { FilterPanel } from './filter-panel';
import { referencedRows, referringRows, type RelatedRows } from './foreign-keys';
import { relationTitle, toggleSort } from './location';
import {
  cancelRead,
  changeSelection,
  followTo,
  keepWidths,
  openTable,
  reloadTable,
  stepHistory,
} from './table-controller';
import { TableBar } from './table-bar';
import { TableFooter } from './table-footer';
import { type ShownRows, updateTable, useTableTabs } from './table-store';
import styles from './table-tab.module.css';

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
  const [related, setRelated] = useState<readonly RelatedRows[] | null>(null);
  const pane = useRef<HTMLElement>(null);
  const press = useRef<{ column: number; x: number; y: number } | null>(null);

  useEffect(
    () => openTable(tabId, connectionId, workspace, relation),
    [tabId, connectionId, workspace, relation],
  );

  if (tab === undefined) return null;
  const { rows, history, error, readId, count, isFiltering, draft } = tab;
  const { present } = history;
  const focusGrid = (): void => pane.current?.querySelector<HTMLElement>('[role=grid]')?.focus();

  /** The keyboard goes on in the rows once they are there. */
  const afterwards = async (step: Promise<boolean>): Promise<void> => {
    if (await step) focusGrid();
  };
  const focusedCell = () => {
    if (rows === null) return null;
    const focus = gridMemory(rows.source).selection?.focus;
    const name = focus === undefined ? undefined : rows.source.columns[focus.column]?.name;
    return focus === undefined || name === undefined ? null : { row: focus.row, name };
  };
  const setFiltering = (isOpen: boolean): void => {
    const columns = rows?.relation.columns ?? [];
    // Made once: a condition keeps its name from the first letter to the server's answer.
    const opened = draft ?? toSelectionDraft(present, columns, focusedCell()?.name ?? null);
    updateTable(tabId, { isFiltering: isOpen, draft: opened });
    if (!isOpen) focusGrid();
  };
  const apply = (typed: SelectionDraft): void => {
    updateTable(tabId, { draft: typed });
    void afterwards(changeSelection(tabId, toConditions(typed, rows?.relation.columns ?? [])));
  };
  const sortBy = (column: number, isAdded: boolean): void => {
    const name = rows?.source.columns[column]?.name;
    if (name === undefined) return;
    void afterwards(changeSelection(tabId, { sort: toggleSort(present.sort, name, isAdded) }));
  };
  const follow = async (direction: 'referenced' | 'referring'): Promise<void> => {
    const cell = focusedCell();
    if (rows === null || cell === null) return;
    const found = await relatedTo(rows, cell, direction);
    if (found.length === 0) {
      setMessage(
        direction === 'referenced'
          ? 'No foreign key leads on from this cell.'
          : 'No table refers to this row.',
      );
    }
    const [only] = found;
    if (found.length === 1 && only !== undefined) {
      await afterwards(followTo(tabId, only.selection));
    } else if (found.length > 1) setRelated(found);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && readId !== null) {
      void cancelRead(tabId);
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
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
        void follow(command);
        return;
      case 'filter':
        setFiltering(true);
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
  const onPointerDown = (event: PointerEvent): void => {
    const header = headerColumn(event);
    press.current = header === null ? null : { column: header, x: event.clientX, y: event.clientY };
  };
  const onPointerUp = (event: PointerEvent): void => {
    const start = press.current;
    press.current = null;
    if (start === null) {
      if (rows !== null) keepWidths(tabId);
      return;
    }
    // Dragging over headers selects columns; a press in place sorts.
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < 4) {
      sortBy(start.column, event.shiftKey);
    }
  };
  const title = printable(relationTitle(present.relation));
  // It stands beside its condition, also while the conditions are folded away.
  const isFieldError = error?.field !== undefined && error.field !== 'page';
  const actionsFor = (cell: CellPosition): MenuActions => {
    const name = rows?.source.columns[cell.column]?.name;
    if (rows === null || name === undefined) return [];
    const { source, relation } = rows;
    const text = source.hasText(cell.row, cell.column)
      ? source.text(cell.row, cell.column)
      : undefined;
    return cellActions(
      relation,
      { name, text },
      {
        onFilter: (filter) => {
          const kept = toSelectionDraft(present, [], null);
          apply({ ...kept, filters: [...kept.filters, filter] });
        },
        onSort: (sort) => void afterwards(changeSelection(tabId, { sort })),
        onReferenced: () => void follow('referenced'),
        onReferring: () => void follow('referring'),
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
        isFiltering={isFiltering}
        onFilter={() => setFiltering(!isFiltering)}
        related={related}
        onRelatedClosed={() => {
          setRelated(null);
          requestAnimationFrame(focusGrid);
        }}
        onFollow={(selection) => void afterwards(followTo(tabId, selection))}
      />
      {isFiltering && rows !== null && draft !== null && (
        <FilterPanel
          key={JSON.stringify(present.relation)}
          columns={rows.relation.columns}
          draft={draft}
          error={error}
          onChange={(changed) => updateTable(tabId, { draft: changed })}
          onApply={apply}
          onClose={() => setFiltering(false)}
        />
      )}
      {error !== null && !isFieldError && (
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
          <div
            className={styles['grid']}
            onPointerDownCapture={onPointerDown}
            onPointerUpCapture={onPointerUp}
          >
            <ResultGrid
              source={rows.source}
              relation={sqlName(present.relation)}
              onCopied={setMessage}
              actionsFor={actionsFor}
            />
          </div>
          <TableFooter
            tabId={tabId}
            rows={rows}
            count={count}
            message={message}
            onMessage={setMessage}
          />
        </>
      )}
    </section>
  );
}

async function relatedTo(
  { pages, columns, relation }: ShownRows,
  cell: { readonly row: number; readonly name: string },
  direction: 'referenced' | 'referring',
): Promise<readonly RelatedRows[]> {
  const texts = await pages.row(cell.row);
  const values = new Map(columns.map(({ name }, index) => [name, texts[index] ?? null]));
  return direction === 'referenced'
    ? referencedRows(relation, cell.name, values)
    : referringRows(relation, values);
}

type TableCommand =
  'back' | 'forward' | 'referenced' | 'referring' | 'filter' | 'reload' | 'sort' | 'add-sort';

function commandOf(event: KeyboardEvent): TableCommand | null {
  const primary = event.ctrlKey || event.metaKey;
  if (event.altKey && !primary) {
    switch (event.key) {
      case 'ArrowLeft':
        return 'back';
      case 'ArrowRight':
        return 'forward';
      case 'ArrowDown':
        return 'referenced';
      case 'ArrowUp':
        return 'referring';
      case 's':
        return 'sort';
      case 'S':
        return 'add-sort';
      default:
        return null;
    }
  }
  if (event.key === 'F5' && !primary) return 'reload';
  return primary && !event.altKey && event.key.toLowerCase() === 'f' ? 'filter' : null;
}

/** The column whose header is pressed, away from its edge. */
function headerColumn({ target, button }: PointerEvent): number | null {
  if (button !== 0 || !(target instanceof HTMLElement)) return null;
  if (target.dataset['resizeHandle'] !== undefined) return null;
  const header = target.closest<HTMLElement>('[role=columnheader]');
  const column = Number(header?.dataset['column'] ?? Number.NaN);
  return Number.isInteger(column) ? column : null;
}

const sqlName = ({ schema, name }: RelationName): string =>
  `${readableIdentifier(schema)}.${readableIdentifier(name)}`;
