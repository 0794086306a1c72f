import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataColumn } from '@shared/models/table-data';
import { operandsOf, operatorsFor } from '@shared/models/table-filter';
import { Plus, X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import {
  type FilterDraft,
  newDraft,
  operatorLabels,
  type SelectionDraft,
  withColumn,
} from './filter-draft';
import styles from './filter-panel.module.css';

interface FilterPanelProps {
  readonly columns: readonly DataColumn[];
  readonly draft: SelectionDraft;
  /** Why the last attempt failed; its `field` tells which condition. */
  readonly error: DatabaseErrorData | null;
  readonly onChange: (draft: SelectionDraft) => void;
  readonly onApply: (draft: SelectionDraft) => void;
  readonly onClose: () => void;
}

/** The conditions of what is shown: one line for each, and a WHERE of the person's own. */
export function FilterPanel(props: FilterPanelProps) {
  const { columns, draft, error, onChange, onApply, onClose } = props;
  const { filters, where } = draft;
  const form = useRef<HTMLFormElement>(null);
  const whereError = error?.field === 'where' ? error : null;
  const [firstColumn] = columns;

  useEffect(() => {
    // What was opened to be typed into has the focus: the first condition without a value.
    const fields = [...(form.current?.querySelectorAll<HTMLInputElement>('input') ?? [])];
    (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it
    <form
      ref={form}
      className={styles['panel']}
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(draft);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {filters.map((filter) => (
        <Condition
          key={filter.id}
          draft={filter}
          columns={columns}
          error={error?.field === `filter:${filter.id}` ? error : null}
          onChange={(changed) =>
            onChange({
              ...draft,
              filters: filters.map((other) => (other.id === changed.id ? changed : other)),
            })
          }
          onRemove={() =>
            onApply({ ...draft, filters: filters.filter(({ id }) => id !== filter.id) })
          }
        />
      ))}
      <div className={styles['where']}>
        <span className={styles['keyword']} aria-hidden="true">
          WHERE
        </span>
        <TextInput
          mono
          aria-label="Condition in SQL"
          placeholder="SQL, such as total > 100"
          aria-invalid={whereError !== null}
          value={where}
          onChange={(event) => onChange({ ...draft, where: event.target.value })}
        />
        {firstColumn !== undefined && (
          <Button
            size="small"
            icon={<Plus />}
            onClick={() => onChange({ ...draft, filters: [...filters, newDraft(firstColumn)] })}
          >
            Condition
          </Button>
        )}
        <Button
          size="small"
          disabled={filters.length === 0 && where === ''}
          onClick={() => onApply({ filters: [], where: '' })}
        >
          Clear
        </Button>
        <Button size="small" variant="primary" type="submit">
          Apply
        </Button>
      </div>
      {whereError !== null && <FieldError error={whereError} text={where} />}
    </form>
  );
}

interface ConditionProps {
  readonly draft: FilterDraft;
  readonly columns: readonly DataColumn[];
  readonly error: DatabaseErrorData | null;
  readonly onChange: (draft: FilterDraft) => void;
  readonly onRemove: () => void;
}

function Condition({ draft, columns, error, onChange, onRemove }: ConditionProps) {
  const id = useId();
  const column = columns.find(({ name }) => name === draft.column);
  const operands = operandsOf[draft.operator];
  const suggestions =
    column?.enumLabels ?? (column?.category === 'boolean' ? ['true', 'false'] : []);
  const value = (text: string, label: string, set: (text: string) => FilterDraft) => (
    <TextInput
      mono
      aria-label={label}
      aria-invalid={error !== null}
      {...(error !== null && { 'aria-describedby': `${id}-error` })}
      {...(suggestions.length > 0 && { list: `${id}-values` })}
      placeholder={operands === 'many' ? 'a, b, "c, d"' : (column?.type ?? '')}
      value={text}
      onChange={(event) => onChange(set(event.target.value))}
    />
  );
  return (
    <>
      <div className={styles['condition']}>
        <select
          aria-label="Column"
          className={styles['column']}
          value={draft.column}
          onChange={(event) => {
            const chosen = columns.find(({ name }) => name === event.target.value);
            if (chosen !== undefined) onChange(withColumn(draft, chosen));
          }}
        >
          {columns.map(({ name }) => (
            <option key={name} value={name}>
              {printable(name)}
            </option>
          ))}
        </select>
        <select
          aria-label="Operator"
          className={styles['operator']}
          value={draft.operator}
          onChange={(event) => {
            const chosen = operatorsFor(column ?? anyColumn).find(
              (operator) => operator === event.target.value,
            );
            if (chosen !== undefined) onChange({ ...draft, operator: chosen });
          }}
        >
          {operatorsFor(column ?? anyColumn).map((operator) => (
            <option key={operator} value={operator}>
              {operatorLabels[operator]}
            </option>
          ))}
        </select>
        {operands !== 0 && value(draft.text, 'Value', (text) => ({ ...draft, text }))}
        {operands === 2 && <span className={styles['keyword']}>and</span>}
        {operands === 2 && value(draft.second, 'Second value', (second) => ({ ...draft, second }))}
        {suggestions.length > 0 && (
          <datalist id={`${id}-values`}>
            {suggestions.map((label) => (
              // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its value is its label
              <option key={label} value={label} />
            ))}
          </datalist>
        )}
        <IconButton size="small" label="Remove condition" icon={<X />} onClick={onRemove} />
      </div>
      {error !== null && <FieldError id={`${id}-error`} error={error} />}
    </>
  );
}

const anyColumn = { category: 'other', isComparable: true } as const;

interface FieldErrorProps {
  readonly error: DatabaseErrorData;
  readonly id?: string;
  /** The text that the error's position is in. */
  readonly text?: string;
}

function FieldError({ error, id, text }: FieldErrorProps) {
  const { message, position, hint, advice, sqlState } = error;
  const at =
    text !== undefined && position !== undefined ? text.slice(position, position + 20) : '';
  return (
    <p className={styles['error']} role="alert" {...(id !== undefined && { id })}>
      {printable(message)}
      {at !== '' && !message.includes(at.split(/\s/u)[0] ?? at) && (
        <span> (at “{printable(at)}”)</span>
      )}
      {hint !== undefined && <span> {printable(hint)}</span>}
      {advice !== undefined && <span> {advice}</span>}
      {sqlState !== undefined && <code>{sqlState}</code>}
    </p>
  );
}
