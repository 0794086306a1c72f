import type { AppInfo } from '@shared/models/app-info';
import {
  environmentLabels,
  profileColors,
  sslModes,
  type ProfileDraft,
  type SslMode,
} from '@shared/models/connection-profile';
import { RadioGroup } from 'radix-ui';
import { type CSSProperties, useId } from 'react';
import { Field } from '../../components/field';
import fieldStyles from '../../components/field.module.css';
import { Notice } from '../../components/notice';
import { Select, type SelectOption } from '../../components/select';
import { TextInput } from '../../components/text-input';
import { useConnections } from './connections-store';
import { FileField } from './file-field';
import { FormTextField } from './form-text-field';
import { HostFields } from './host-fields';
import { foldersOf } from './profile-order';
import { SecretField } from './secret-field';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

interface FieldsProps {
  readonly form: ProfileFormState;
}

const environmentOptions: readonly SelectOption<ProfileDraft['environment']>[] =
  environmentLabels.map((value) => ({
    value,
    label: value.charAt(0).toUpperCase() + value.slice(1),
  }));

/** How the connection is told apart from others. */
export function IdentityFields({ form }: FieldsProps) {
  return (
    <div className={styles['grid']}>
      <FormTextField
        form={form}
        field="name"
        label="Name"
        placeholder="For example: shop, production"
        className={styles['span8']}
      />
      <FolderField form={form} />
      <Field
        label="Environment"
        className={styles['span6']}
        hint={
          form.values.environment === 'production'
            ? 'Marked in red wherever it is open, and asks before each change.'
            : undefined
        }
      >
        {(control) => (
          <Select
            control={control}
            value={form.values.environment}
            options={environmentOptions}
            onChange={(environment) => {
              form.set('environment', environment);
              // Red for production, unless a colour was picked.
              if (environment === 'production' && form.values.color === 'gray') {
                form.set('color', 'red');
              }
            }}
          />
        )}
      </Field>
      <ColorField form={form} />
    </div>
  );
}

/** The folder in the list, with those that there are as suggestions. */
function FolderField({ form }: FieldsProps) {
  const listId = useId();
  const profiles = useConnections((state) => state.profiles);
  return (
    <Field label="Folder" error={form.errors.folder} className={styles['span4']}>
      {(control) => (
        <>
          <TextInput
            {...control}
            name="folder"
            list={listId}
            placeholder="None"
            value={form.values.folder}
            onChange={(event) => form.set('folder', event.target.value)}
          />
          <datalist id={listId}>
            {foldersOf(profiles ?? []).map((folder) => (
              <option key={folder} value={folder}>
                {folder}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

type DotStyle = CSSProperties & { readonly '--dot-color': string };

function ColorField({ form }: FieldsProps) {
  const labelId = useId();
  return (
    <div className={`${fieldStyles['field']} ${styles['span6']}`}>
      <span id={labelId} className={fieldStyles['label']}>
        Colour
      </span>
      <RadioGroup.Root
        className={styles['colors']}
        aria-labelledby={labelId}
        orientation="horizontal"
        value={form.values.color}
        onValueChange={(value) => {
          const color = profileColors.find((candidate) => candidate === value);
          if (color) form.set('color', color);
        }}
      >
        {profileColors.map((color) => {
          const style: DotStyle = { '--dot-color': `var(--color-${color})` };
          return (
            <RadioGroup.Item
              key={color}
              value={color}
              aria-label={color}
              title={color}
              className={styles['color']}
              style={style}
            />
          );
        })}
      </RadioGroup.Root>
    </div>
  );
}

/** Where the server is. */
export function ServerFields({ form }: FieldsProps) {
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

interface SignInFieldsProps extends FieldsProps {
  readonly keychain: AppInfo['keychain'] | null;
  readonly hasPassword: boolean;
}

/** The password, and where it is kept. */
export function SignInFields({ form, keychain, hasPassword }: SignInFieldsProps) {
  const { passwordSource } = form.values;
  const hasKeychain = keychain?.available ?? true;
  const options: readonly SelectOption<ProfileDraft['passwordSource']>[] = [
    { value: 'keychain', label: 'In the keychain', disabled: !hasKeychain },
    { value: 'ask', label: 'Ask each time' },
    { value: 'pgpass', label: 'In the .pgpass file' },
    { value: 'none', label: 'No password' },
  ];
  const isTyped = passwordSource === 'keychain' || passwordSource === 'ask';
  return (
    <div className={styles['grid']}>
      <Field label="Password is kept" className={styles['span6']}>
        {(control) => (
          <Select
            control={control}
            value={passwordSource}
            options={options}
            onChange={(source) => form.set('passwordSource', source)}
          />
        )}
      </Field>
      {isTyped && (
        <SecretField
          form={form}
          field="password"
          label="Password"
          className={styles['span6']}
          isAskedFor={passwordSource === 'ask'}
          isSaved={hasPassword && passwordSource === 'keychain'}
        />
      )}
      {!hasKeychain && passwordSource === 'keychain' && (
        <Notice
          tone="warning"
          className={styles['span12']}
          title="No keychain is available: choose another place for the password"
        >
          {keychain?.advice}
        </Notice>
      )}
    </div>
  );
}

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
export function SslFields({ form }: FieldsProps) {
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
