import { sslModes, type SslMode } from '@shared/models/connection-profile';
import { Field } from '../../components/field';
import { Select } from '../../components/select';
import { FileField } from './file-field';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

const sslNames: Record<SslMode, string> = {
  disable: 'Off',
  prefer: 'Where the server offers it',
  require: 'Required, certificate unchecked',
  'verify-ca': 'Required, authority checked',
  'verify-full': 'Required, authority and host checked',
};

const sslHints: Record<SslMode, string> = {
  disable: 'Everything crosses the network in clear, the password hash too.',
  prefer: 'Encrypts where it can, but does not stop whoever can change what crosses the network.',
  require: 'Encrypts, but to whoever answers.',
  'verify-ca': 'Accepts any host with a certificate of the authority.',
  'verify-full': 'The only mode that proves which server answers.',
};

/** How the link is encrypted. */
export function SslFields({ form }: { readonly form: ProfileFormState }) {
  const { sslMode } = form.values;
  const options = sslModes.map((value) => ({ value, label: `${sslNames[value]} (${value})` }));
  return (
    <div className={styles['grid']}>
      <Field label="TLS (SSL mode)" className={styles['span12']} hint={sslHints[sslMode]}>
        {(control) => (
          <Select
            control={control}
            value={sslMode}
            options={options}
            onChange={(mode) => form.set('sslMode', mode)}
          />
        )}
      </Field>
      {(sslMode === 'verify-ca' || sslMode === 'verify-full') && (
        <FileField
          form={form}
          field="sslRootCertificate"
          kind="root-certificate"
          label="Root certificate"
          placeholder="Path of a PEM file; the system's own when empty"
          className={styles['span12']}
        />
      )}
    </div>
  );
}
