import type { DataColumn } from '@shared/models/table-data';
import { type FilterOperator, operandsOf } from '@shared/models/table-filter';
import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { DropdownMenu } from '../../../components/menu';
import { printable } from '../../../components/printable';
import { filterText, parseFilterText, writingOf } from '../filter-text';
import type { FieldState, FieldText } from './field-text';
import { explanation, operatorWritings, placeholder, suggestions } from './filter-hints';
import styles from './filter-row.module.css';

interface FilterFieldProps {
  readonly column: DataColumn;
  /** The number of the column among those that are shown. */
  readonly index: number;
  /** CSS pixels, in the strip of fields. */
  readonly left: number;
  readonly width: number;
  readonly field: FieldText;
  readonly state: FieldState;
  /** The id of the error that belongs to it; null without one. */
  readonly errorId: string | null;
  readonly onType: (text: string) => void;
  readonly onApply: (text?: string) => void;
  readonly onLeave: () => void;
  /** Goes to the next field; returns whether there is one. */
  readonly onMove: (step: -1 | 1) => boolean;
  readonly onFocus: () => void;
}

/** The conditions on one column in their short writing. */
export function FilterField(props: FilterFieldProps) {
  const { column, index, left, width, field, state, errorId } = props;
  const { onType, onApply, onLeave, onMove, onFocus } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const offered = suggestions(column);
  const [openings, setOpenings] = useState(0);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isHandled = (): boolean => {
      if (event.key === 'ArrowDown' && event.altKey) {
        setOpenings(openings + 1);
        return true;
      }
      if (event.altKey || event.ctrlKey || event.metaKey) return false;
      switch (event.key) {
        case 'Enter':
          onApply();
          return true;
        case 'Escape':
          if (field.text === '') onLeave();
          else onApply('');
          return true;
        case 'Tab':
          return onMove(event.shiftKey ? -1 : 1);
        case 'ArrowDown':
          if (offered.length > 0) return false;
          onLeave();
          return true;
        default:
          return false;
      }
    };
    if (!isHandled()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (operator: FilterOperator): void => {
    const text = rewritten(field.text, operator, column);
    if (operandsOf[operator] === 0) onApply(text);
    else onType(text);
  };
  return (
    <div className={styles['field']} style={{ left, width }} data-state={state}>
      <DropdownMenu
        key={openings}
        defaultOpen={openings > 0}
        onOpenChange={(isOpen) => {
          if (!isOpen) requestAnimationFrame(() => input.current?.focus());
        }}
        actions={operatorWritings(column).map(({ operator, label, writing }) => ({
          label,
          shortcut: writing,
          onSelect: () => choose(operator),
        }))}
      >
        <button
          type="button"
          tabIndex={-1}
          className={styles['operator']}
          aria-label={`Operator for ${printable(column.name)}`}
          disabled={field.isReadOnly}
        >
          <ChevronDown aria-hidden="true" />
        </button>
      </DropdownMenu>
      <input
        ref={input}
        type="text"
        className={styles['input']}
        data-filter-column={index}
        aria-label={`Filter ${printable(column.name)}`}
        aria-invalid={errorId !== null || undefined}
        aria-describedby={errorId ?? undefined}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder(column)}
        title={field.isReadOnly ? 'These conditions are changed under Filter' : explanation(column)}
        readOnly={field.isReadOnly}
        list={offered.length > 0 ? id : undefined}
        value={field.text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      />
      {offered.length > 0 && (
        <datalist id={id}>
          {offered.map((value) => (
            // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its value is its label
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** What was typed with another operator; its pattern where there is no value yet. */
function rewritten(text: string, operator: FilterOperator, column: DataColumn): string {
  const parsed = parseFilterText(text, column);
  const [condition] = parsed.ok ? parsed.conditions : [];
  const value = condition?.text ?? '';
  if (value === '' || operandsOf[operator] === 2)
    return writingOf[operator].replaceAll(/[ab]/gu, '');
  if (operandsOf[operator] === 0) return writingOf[operator];
  const written = operator === 'like' || operator === 'not-like' ? `${value}%` : value;
  return filterText([{ operator, text: written, second: '' }], column) ?? text;
}
