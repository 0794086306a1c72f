import type { TargetSessionAttrs } from '@shared/models/connection-profile';
import { portSchema } from '@shared/models/port';
import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { IconButton } from '../../components/icon-button';
import { Select, type SelectOption } from '../../components/select';
import { TextInput } from '../../components/text-input';
import { rowsOf, textOfRows, type HostRow } from './host-rows';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

const targets: readonly SelectOption<TargetSessionAttrs>[] = [
  { value: 'any', label: 'Any server' },
  { value: 'read-write', label: 'A server that takes writes' },
  { value: 'read-only', label: 'A server that only reads' },
  { value: 'primary', label: 'The primary' },
  { value: 'standby', label: 'A standby' },
  { value: 'prefer-standby', label: 'A standby, else any server' },
];

const hints: Partial<Record<TargetSessionAttrs, string>> = {
  any: 'The first host that answers.',
  'read-write': 'The first host in order that takes writes: after a failover the new primary.',
};

/** Further hosts, and which of all is wanted. With one host it is a single line to press. */
export function HostFields({ form }: { readonly form: ProfileFormState }) {
  const rows = rowsOf(form.values.otherHosts);
  const errorId = useId();
  const { targetSessionAttrs } = form.values;
  const update = (changed: readonly HostRow[]): void => {
    form.set('otherHosts', textOfRows(changed));
    if (changed.length === 0) form.set('targetSessionAttrs', 'any');
  };
  const isAlone = rows.length === 0 && targetSessionAttrs === 'any';
  return (
    <div className={styles['hosts']}>
      {rows.map((row, index) => (
        <HostRowFields
          // oxlint-disable-next-line react/no-array-index-key -- a row has no identity but its place.
          key={index}
          number={index + 2}
          row={row}
          isWrong={form.errors.otherHosts?.startsWith(`Host ${index + 2}:`) === true}
          errorId={errorId}
          onChange={(changed) => update(rows.with(index, changed))}
          onRemove={() => update(rows.toSpliced(index, 1))}
        />
      ))}
      {form.errors.otherHosts !== undefined && (
        <p id={errorId} className={styles['hostsError']} role="alert">
          {form.errors.otherHosts}
        </p>
      )}
      <div className={styles['addHost']}>
        <Button
          variant="link"
          icon={<Plus aria-hidden="true" />}
          onClick={() => update([...rows, { host: '', port: form.values.port }])}
        >
          Add host
        </Button>
        {isAlone && <span>for a standby or a failover</span>}
      </div>
      {!isAlone && (
        <Field
          label="Connect to"
          hint={hints[targetSessionAttrs]}
          error={form.errors.targetSessionAttrs}
        >
          {(control) => (
            <Select
              control={control}
              value={targetSessionAttrs}
              options={targets}
              onChange={(target) => form.set('targetSessionAttrs', target)}
            />
          )}
        </Field>
      )}
    </div>
  );
}

interface HostRowFieldsProps {
  readonly number: number;
  readonly row: HostRow;
  readonly isWrong: boolean;
  /** The element that says what is wrong. */
  readonly errorId: string;
  readonly onChange: (row: HostRow) => void;
  readonly onRemove: () => void;
}

function HostRowFields(props: HostRowFieldsProps) {
  const { number, row, isWrong, errorId, onChange, onRemove } = props;
  const control = isWrong ? { 'aria-invalid': true, 'aria-describedby': errorId } : {};
  // A host without a port has the usual one: what is wrong is then the host.
  const isPortWrong = row.port.trim() !== '' && !portSchema.safeParse(Number(row.port)).success;
  return (
    <div className={styles['hostRow']}>
      <TextInput
        {...(!isPortWrong && control)}
        aria-label={`Host ${number}`}
        placeholder={`Host ${number}`}
        mono
        className={styles['span9']}
        value={row.host}
        onChange={(event) => onChange({ ...row, host: event.target.value })}
      />
      <div className={styles['hostPort']}>
        <TextInput
          {...(isPortWrong && control)}
          aria-label={`Port of host ${number}`}
          placeholder="5432"
          mono
          inputMode="numeric"
          value={row.port}
          onChange={(event) => onChange({ ...row, port: event.target.value })}
        />
        <IconButton
          label={`Remove host ${number}`}
          icon={<X aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
    </div>
  );
}
