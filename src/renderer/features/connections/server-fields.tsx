import { FormTextField } from './form-text-field';
import { HostFields } from './host-fields';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

/** Where the server is. */
export function ServerFields({ form }: { readonly form: ProfileFormState }) {
  return (
    <div className={styles['grid']}>
      <FormTextField
        form={form}
        field="host"
        label="Host"
        mono
        placeholder="localhost"
        className={styles['span9']}
        hint="Paste a connection URL here to fill in the form."
        onPaste={form.paste}
      />
      <FormTextField
        form={form}
        field="port"
        label="Port"
        mono
        inputMode="numeric"
        className={styles['span3']}
      />
      <HostFields form={form} />
      <FormTextField
        form={form}
        field="database"
        label="Database"
        mono
        className={styles['span6']}
      />
      <FormTextField form={form} field="user" label="User" mono className={styles['span6']} />
    </div>
  );
}
