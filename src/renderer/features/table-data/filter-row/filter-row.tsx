import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataColumn, RowSelection } from '@shared/models/table-data';
import { FilterX, ListFilter } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { ColumnViewport } from '../../../components/grid/column-viewport';
import { IconButton } from '../../../components/icon-button';
import type { SelectionDraft } from '../filter-draft';
import type { FieldRequest } from '../use-table-filter';
import { FieldError } from './field-error';
import { fieldState, fieldText, unclearColumn, withFieldText } from './field-text';
import { FilterField } from './filter-field';
import styles from './filter-row.module.css';
import { useColumnGeometry } from './use-column-geometry';

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
  const { geometry, strip } = useColumnGeometry(viewport);
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
    const state = fieldState(draft, column, applied, shown);
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
        <div ref={strip} className={styles['strip']}>
          {(isAway ? [...inView, focused] : inView).map(field)}
        </div>
      </div>
      {frozenCount > 0 && (
        <div className={styles['frozen']} style={{ left: gutterWidth, width: frozenWidth }}>
          {numbers(0, frozenCount - 1).map(field)}
        </div>
      )}
      {message !== undefined && (
        <FieldError
          id={errorId}
          text={message.text ?? ''}
          index={message.index}
          geometry={geometry}
        />
      )}
    </fieldset>
  );
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
