import type { DatabaseErrorData } from '@shared/models/database-error';
import type { DataColumn } from '@shared/models/table-data';
import { operandsOf, operatorsFor } from '@shared/models/table-filter';
import { ChevronDown, X } from 'lucide-react';
import { useId } from 'react';
import { classNames } from '../../components/class-names';
import { IconButton } from '../../components/icon-button';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import { type FilterDraft, operatorLabels, withColumn } from './filter-draft';
import { FilterError } from './filter-error';
import styles from './filter-panel.module.css';

interface FilterConditionProps {
  readonly draft: FilterDraft;
  readonly columns: readonly DataColumn[];
  readonly error: DatabaseErrorData | null;
  readonly onChange: (draft: FilterDraft) => void;
  readonly onRemove: () => void;
}

/** A column, an operator, and as many values as it compares with. */
export function FilterCondition({
  draft,
  columns,
  error,
  onChange,
  onRemove,
}: FilterConditionProps) {
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
        <span className={classNames(styles['choice'], styles['column'])}>
          <select
            aria-label="Column"
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
          <ChevronDown aria-hidden="true" />
        </span>
        <span className={classNames(styles['choice'], styles['operator'])}>
          <select
            aria-label="Operator"
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
          <ChevronDown aria-hidden="true" />
        </span>
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
      {error !== null && <FilterError id={`${id}-error`} error={error} />}
    </>
  );
}

const anyColumn = { category: 'other', isComparable: true } as const;
