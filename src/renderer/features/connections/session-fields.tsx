import { Field } from '../../components/field';
import fieldStyles from '../../components/field.module.css';
import { classNames } from '../../components/class-names';
import { FileField } from './file-field';
import { FormTextField } from './form-text-field';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

interface FieldsProps {
  readonly form: ProfileFormState;
}

/** The certificate that the client shows. */
export function TlsFields({ form }: FieldsProps) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['sectionTitle']}>Client certificate</h3>
      <div className={styles['grid']}>
        <FileField
          form={form}
          field="sslClientCertificate"
          kind="client-certificate"
          label="Certificate"
          placeholder="Path of a PEM file"
          className={styles['span6']}
        />
        <FileField
          form={form}
          field="sslClientKey"
          kind="client-key"
          label="Key of the certificate"
          placeholder="Path of a PEM file"
          className={styles['span6']}
        />
      </div>
    </section>
  );
}

const timeoutFields = [
  { field: 'statementTimeout', label: 'Statement timeout' },
  { field: 'lockTimeout', label: 'Lock timeout' },
  { field: 'idleInTransactionTimeout', label: 'Idle in transaction' },
] as const;

/** What every session of the connection starts with. */
export function SessionFields({ form }: FieldsProps) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['sectionTitle']}>Each session</h3>
      <div className={styles['grid']}>
        <FormTextField
          form={form}
          field="searchPath"
          label="Search path"
          mono
          placeholder="As on the server"
          className={styles['span6']}
        />
        <FormTextField
          form={form}
          field="applicationName"
          label="Application name"
          mono
          placeholder="Postern"
          className={styles['span6']}
        />
        {timeoutFields.map((field) => (
          <FormTextField
            key={field.field}
            {...field}
            form={form}
            suffix="s"
            inputMode="decimal"
            placeholder="As on the server"
            className={styles['span4']}
          />
        ))}
        <StartupSqlField form={form} />
      </div>
    </section>
  );
}

function StartupSqlField({ form }: FieldsProps) {
  return (
    <Field
      label="Start-up SQL"
      hint="Runs in each new session, after the settings above."
      error={form.errors.startupSql}
      className={styles['span12']}
    >
      {(control) => (
        <textarea
          {...control}
          name="startupSql"
          rows={3}
          spellCheck={false}
          placeholder={"SET timezone = 'UTC';"}
          className={classNames(fieldStyles['input'], fieldStyles['mono'], styles['sql'])}
          value={form.values.startupSql}
          onChange={(event) => form.set('startupSql', event.target.value)}
        />
      )}
    </Field>
  );
}

const poolFields = [
  { field: 'maxConnections', label: 'Sessions at most' },
  { field: 'minConnections', label: 'Kept open at least' },
  { field: 'acquireTimeout', label: 'Wait for a session', suffix: 's' },
  { field: 'idleTimeout', label: 'Close when idle for', suffix: 's' },
  { field: 'maxLifetime', label: 'Replace after', suffix: 's' },
] as const;

/** How many sessions there are, and for how long. */
export function PoolFields({ form }: FieldsProps) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['sectionTitle']}>Pool of sessions</h3>
      <div className={styles['grid']}>
        {poolFields.map((field) => (
          <FormTextField
            key={field.field}
            {...field}
            form={form}
            inputMode={'suffix' in field ? 'decimal' : 'numeric'}
            placeholder="Default"
            className={styles['span4']}
          />
        ))}
      </div>
    </section>
  );
}
