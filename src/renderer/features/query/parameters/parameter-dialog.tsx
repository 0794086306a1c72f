import type { DatabaseErrorData } from '@shared/models/database-error';
import type { QueryParameter } from '@shared/models/query-parameter';
import { useState } from 'react';
import { call, errorData } from '../../../api/postern';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { Field } from '../../../components/field';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { TextInput } from '../../../components/text-input';
import { type GivenValue, useValueRequest, type ValueRequest } from './ask-for-values';
import styles from './parameter-dialog.module.css';
import { initialValue, keepTypedValue, type TypedValue } from './typed-values';

/** Asks for the values of parameters where a run waits for them. */
export function ParameterDialog() {
  const request = useValueRequest((state) => state.request);
  return request === null ? null : <ValueForm key={request.id} request={request} />;
}

interface Row extends TypedValue {
  readonly parameter: QueryParameter;
}

const initialRow = (request: ValueRequest, parameter: QueryParameter): Row => ({
  parameter,
  ...initialValue(request, parameter),
});

function ValueForm({ request }: { readonly request: ValueRequest }) {
  const { connectionId, tabId, parameters, answer } = request;
  const [rows, setRows] = useState(() => parameters.map((own) => initialRow(request, own)));
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [failure, setFailure] = useState<DatabaseErrorData | null>(null);
  const [isChecking, setIsChecking] = useState(false);

  const change = (changed: Row): void => {
    const { parameter, ...typed } = changed;
    const { name } = parameter;
    // However the form ends, it is there when it is opened again.
    keepTypedValue(tabId, parameter, typed);
    setRows((current) => current.map((row) => (row.parameter.name === name ? changed : row)));
    setRefused((current) => new Map([...current].filter(([other]) => other !== name)));
  };
  const submit = async (): Promise<void> => {
    if (isChecking) return;
    setIsChecking(true);
    setFailure(null);
    const given = rows.map(givenValue);
    try {
      const answers = await call('query:refuse-values', {
        connectionId,
        tabId,
        values: given.flatMap(({ parameter: { name, type }, value }) =>
          type === null ? [] : [{ name, typeOid: type.oid, value }],
        ),
      });
      if (answers.length === 0) answer(given);
      else setRefused(new Map(answers.map(({ name, error }) => [name, error.message])));
    } catch (error) {
      setFailure(errorData(error));
    } finally {
      setIsChecking(false);
    }
  };
  return (
    <Dialog
      title="Values for this run"
      description="They are sent beside the statement, never written into it."
      width={460}
      onClose={() => answer(null)}
      staysOpen
      footer={
        <>
          <Button variant="ghost" onClick={() => answer(null)}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="parameter-values" busy={isChecking}>
            Run
          </Button>
        </>
      }
    >
      <form
        id="parameter-values"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {rows.map((row) => (
          <ValueField
            key={row.parameter.name}
            row={row}
            error={refused.get(row.parameter.name)}
            onChange={(update) => change({ ...row, ...update })}
          />
        ))}
        {failure !== null && <ErrorNotice error={failure} />}
      </form>
    </Dialog>
  );
}

const givenValue = ({ parameter, text, isNull, isSecret }: Row): GivenValue => ({
  parameter,
  value: isNull ? null : text,
  isSecret,
});

interface ValueFieldProps {
  readonly row: Row;
  readonly error: string | undefined;
  readonly onChange: (update: Partial<TypedValue>) => void;
}

function ValueField({ row, error, onChange }: ValueFieldProps) {
  const { parameter, text, isNull, isSecret } = row;
  const { name, type } = parameter;
  return (
    <div className={styles['row']}>
      <Field label={name} error={error}>
        {(control) => (
          <TextInput
            {...control}
            mono
            suffix={type === null ? 'type unknown' : printable(type.name)}
            type={isSecret ? 'password' : 'text'}
            value={isNull ? '' : text}
            placeholder={isNull ? 'NULL' : undefined}
            onChange={(event) => onChange({ text: event.target.value, isNull: false })}
          />
        )}
      </Field>
      <button
        type="button"
        className={styles['toggle']}
        aria-pressed={isNull}
        aria-label={`${name} is NULL`}
        onClick={() => onChange({ isNull: !isNull })}
      >
        NULL
      </button>
      <button
        type="button"
        className={styles['toggle']}
        aria-pressed={isSecret}
        aria-label={`${name} is secret: not kept when the app is closed`}
        title="Not kept when the app is closed"
        onClick={() => onChange({ isSecret: !isSecret })}
      >
        Secret
      </button>
    </div>
  );
}
