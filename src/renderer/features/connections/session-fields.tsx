import { Field } from '../../components/field';
import fieldStyles from '../../components/field.module.css';
import { classNames } from '../../components/class-names';
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
        <FormTextField
          form={form}
          field="sslClientCertificate"
          label="Certificate"
          mono
          placeholder="Path of a PEM file"
          className={styles['span6']}
        />
        <FormTextField
          form={form}
          field="sslClientKey"
          label="Private key"
          mono
          placeholder="Path of a PEM file"
          className={styles['span6']}
        />
      </div>
    </section>
  );
}

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
        <FormTextField
          form={form}
          field="statementTimeout"
          label="Statement timeout"
          suffix="s"
          inputMode="decimal"
          placeholder="As on the server"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="lockTimeout"
          label="Lock timeout"
          suffix="s"
          inputMode="decimal"
          placeholder="As on the server"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="idleInTransactionTimeout"
          label="Idle in transaction"
          suffix="s"
          inputMode="decimal"
          placeholder="As on the server"
          className={styles['span4']}
        />
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

/** How many sessions there are, and for how long. */
export function PoolFields({ form }: FieldsProps) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['sectionTitle']}>Pool of sessions</h3>
      <div className={styles['grid']}>
        <FormTextField
          form={form}
          field="maxConnections"
          label="Sessions at most"
          inputMode="numeric"
          placeholder="Default"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="minConnections"
          label="Kept open at least"
          inputMode="numeric"
          placeholder="Default"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="acquireTimeout"
          label="Wait for a session"
          suffix="s"
          inputMode="decimal"
          placeholder="Default"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="idleTimeout"
          label="Close when idle for"
          suffix="s"
          inputMode="decimal"
          placeholder="Default"
          className={styles['span4']}
        />
        <FormTextField
          form={form}
          field="maxLifetime"
          label="Replace after"
          suffix="s"
          inputMode="decimal"
          placeholder="Default"
          className={styles['span4']}
        />
      </div>
    </section>
  );
}
