import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataColumn, RowSelection } from '@shared/models/table-data';
import { FilterX, ListFilter } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { ColumnGeometry, ColumnViewport } from '../../../components/grid/column-viewport';
import { IconButton } from '../../../components/icon-button';
import { printable } from '../../../components/printable';
import { type SelectionDraft, toConditions } from '../filter-draft';
import type { FieldRequest } from '../use-table-filter';
import { fieldText, unclearColumn, withFieldText } from './field-text';
import { FilterField } from './filter-field';
import styles from './filter-row.module.css';

/** CSS pixels. */
export const filterRowHeight = 30;

interface FilterRowProps {
  /** The columns that are shown, in their order. */
  readonly columns: readonly DataColumn[];
  readonly viewport: ColumnViewport;
  readonly draft: SelectionDraft;
  /** What is in force. */
  readonly applied: RowSelection;
  /** Why the last attempt failed; its `field` tells which condition. */
  readonly error: DatabaseErrorData | null;
  /** The field that is to have the keyboard; a new object asks anew. */
  readonly request: FieldRequest | null;
  readonly onChange: (draft: SelectionDraft) => void;
  readonly onApply: (draft: SelectionDraft) => void;
  readonly onLeave: () => void;
}

/** A field for conditions above each column: another view of the draft that the panel shows. */
export function FilterRow(props: FilterRowProps) {
  const { columns, viewport, draft, applied, error, request } = props;
  const { onChange, onApply, onLeave } = props;
  const { geometry, scrolled } = useGeometry(viewport);
  const [focused, setFocused] = useState<number | null>(null);
  const [unclear, setUnclear] = useState<string | null>(null);
  const row = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<number | null>(null);
  const errorId = useId();

  useLayoutEffect(() => {
    if (request === null) return;
    wanted.current = request.column;
    viewport.reveal(request.column);
  }, [request, viewport]);
  useLayoutEffect(() => {
    // A column that was scrolled to has its field only now.
    const input = row.current?.querySelector<HTMLInputElement>(
      `[data-filter-column="${wanted.current}"]`,
    );
    if (input == null) return;
    wanted.current = null;
    input.focus({ preventScroll: true });
    input.select();
  });
  if (geometry === null) return null;

  const apply = (changed: SelectionDraft): void => {
    const column = unclearColumn(changed, columns);
    setUnclear(column?.name ?? null);
    if (column === undefined) onApply(changed);
    else onChange(changed);
  };
  const goTo = (index: number): boolean => {
    if (columns[index] === undefined) return false;
    wanted.current = index;
    setFocused(index);
    viewport.reveal(index);
    return true;
  };
  const failed = error?.field?.startsWith('filter:') === true ? error : null;
  const failedColumn = draft.filters.find(({ id }) => `filter:${id}` === failed?.field)?.column;
  const inForce = new Set(
    toConditions(draft, columns).filters.map((filter) => JSON.stringify(withoutId(filter))),
  );
  const isApplied = (name: string): boolean => {
    const own = applied.filters.filter(({ column }) => column === name);
    const drafted = toConditions(draft, columns).filters.filter(({ column }) => column === name);
    return (
      own.length === drafted.length &&
      own.every((filter) => inForce.has(JSON.stringify(withoutId(filter))))
    );
  };
  const messageOf = (column: DataColumn): string | null => {
    if (failed !== null && column.name === failedColumn) {
      return [failed.message, failed.hint, failed.advice].filter(Boolean).join(' ');
    }
    return unclear === column.name ? fieldText(draft, column).problem : null;
  };
  const field = (index: number) => {
    const column = columns[index];
    if (column === undefined) return null;
    const { offsets } = geometry;
    const left = offsets[index] ?? 0;
    const shown = fieldText(draft, column);
    const state =
      !isApplied(column.name) || shown.problem !== null
        ? 'pending'
        : shown.text === ''
          ? 'empty'
          : 'applied';
    return (
      <FilterField
        key={column.name}
        column={column}
        index={index}
        left={left}
        width={(offsets[index + 1] ?? left) - left}
        field={shown}
        state={state}
        errorId={messageOf(column) === null ? null : errorId}
        onType={(text) => {
          setUnclear(null);
          wanted.current = null;
          onChange(withFieldText(draft, column, text));
        }}
        onApply={(text) => apply(text === undefined ? draft : withFieldText(draft, column, text))}
        onLeave={onLeave}
        onMove={(step) => goTo(index + step)}
        onFocus={() => setFocused(index)}
      />
    );
  };
  const { frozenCount, frozenWidth, gutterWidth, firstColumn, lastColumn } = geometry;
  const inView = numbers(firstColumn, lastColumn);
  // The field with the keyboard stays, wherever the columns are scrolled to.
  const isAway = focused !== null && focused >= frozenCount && !inView.includes(focused);
  const message = columns
    .map((column, index) => ({ text: messageOf(column), index }))
    .find(({ text }) => text !== null);
  return (
    <fieldset ref={row} className={styles['row']} aria-label="Filter by column">
      <div className={styles['corner']} style={{ width: gutterWidth }}>
        {applied.filters.length === 0 ? (
          <ListFilter aria-hidden="true" />
        ) : (
          <IconButton
            size="small"
            label="Clear the conditions on columns"
            icon={<FilterX />}
            onClick={() => onApply({ where: draft.where, filters: [] })}
          />
        )}
      </div>
      <div className={styles['clip']} style={{ left: gutterWidth + frozenWidth }}>
        <div ref={scrolled} className={styles['strip']}>
          {(isAway ? [...inView, focused] : inView).map(field)}
        </div>
      </div>
      {frozenCount > 0 && (
        <div className={styles['frozen']} style={{ left: gutterWidth, width: frozenWidth }}>
          {numbers(0, frozenCount - 1).map(field)}
        </div>
      )}
      {message !== undefined && (
        <p
          id={errorId}
          role="alert"
          className={styles['error']}
          style={{ left: errorPlace(geometry, message.index) }}
        >
          {printable(message.text ?? '')}
        </p>
      )}
    </fieldset>
  );
}

/** Follows the columns: the strip moves in the frame in which they do, fields are made when they are seen. */
function useGeometry(viewport: ColumnViewport) {
  const scrolled = useRef<HTMLDivElement>(null);
  const [geometry, setGeometry] = useState(viewport.geometry);
  useLayoutEffect(() => {
    const follow = (next: ColumnGeometry): void => {
      setGeometry((known) => (known !== null && haveSamePlaces(known, next) ? known : next));
      move(scrolled.current, next);
    };
    if (viewport.geometry !== null) follow(viewport.geometry);
    return viewport.subscribe(follow);
  }, [viewport]);
  useLayoutEffect(() => move(scrolled.current, viewport.geometry));
  return { geometry, scrolled };
}

function move(strip: HTMLElement | null, geometry: ColumnGeometry | null): void {
  if (strip === null || geometry === null) return;
  strip.style.transform = `translateX(${-geometry.scrollLeft - geometry.frozenWidth}px)`;
}

/** Whether two geometries differ in nothing but how far the columns are scrolled. */
function haveSamePlaces(one: ColumnGeometry, other: ColumnGeometry): boolean {
  return (
    one.offsets === other.offsets &&
    one.gutterWidth === other.gutterWidth &&
    one.frozenCount === other.frozenCount &&
    one.firstColumn === other.firstColumn &&
    one.lastColumn === other.lastColumn &&
    one.viewWidth === other.viewWidth
  );
}

/** Under its field, as far as that is in view and the message has room. CSS pixels. */
function errorPlace(geometry: ColumnGeometry, index: number): number {
  const { offsets, gutterWidth, frozenCount, scrollLeft, viewWidth } = geometry;
  const scrolledBy = index < frozenCount ? 0 : scrollLeft;
  const left = gutterWidth + (offsets[index] ?? 0) - scrolledBy;
  return Math.max(gutterWidth, Math.min(left, viewWidth - 320));
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function withoutId({ column, operator, values }: RowSelection['filters'][number]) {
  return { column, operator, values };
}
