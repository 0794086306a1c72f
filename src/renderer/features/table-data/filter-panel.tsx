import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataColumn } from '@shared/models/table-data';
import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../../components/button';
import { TextInput } from '../../components/text-input';
import { FilterCondition } from './filter-condition';
import { newDraft, type SelectionDraft } from './filter-draft';
import { FilterError } from './filter-error';
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

/** Gives the keyboard to the panel of a table that shows it. */
export function focusFilterPanel(table: HTMLElement | null): void {
  focusFirstField(table?.querySelector<HTMLElement>('form[aria-label=Filter]') ?? null);
}

/** Gives the keyboard to the first condition without a value, or to the first of all. */
function focusFirstField(panel: HTMLElement | null): void {
  const fields = [...(panel?.querySelectorAll<HTMLInputElement>('input') ?? [])];
  (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
}

/** The conditions of what is shown: one line for each, and a WHERE of the person's own. */
export function FilterPanel(props: FilterPanelProps) {
  const { columns, draft, error, onChange, onApply, onClose } = props;
  const { filters, where } = draft;
  const form = useRef<HTMLFormElement>(null);
  const whereError = error?.field === 'where' ? error : null;
  const [firstColumn] = columns;

  // What was opened to be typed into has the focus.
  useEffect(() => focusFirstField(form.current), []);

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
        <FilterCondition
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
      {whereError !== null && <FilterError error={whereError} text={where} />}
    </form>
  );
}
