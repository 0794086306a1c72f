import type { AppInfo } from '@shared/models/app-info';
import type { SshAuthenticationMethod, SshSecretSource } from '@shared/models/ssh-tunnel';
import { Field } from '../../components/field';
import { Select, type SelectOption } from '../../components/select';
import { Switch } from '../../components/switch';
import { FileField } from './file-field';
import { FormTextField } from './form-text-field';
import { SecretField } from './secret-field';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

interface SshFieldsProps {
  readonly form: ProfileFormState;
  readonly keychain: AppInfo['keychain'] | null;
  /** Whether the keychain holds the secret of the tunnel as it was saved. */
  readonly hasSecret: boolean;
}

const methods: readonly SelectOption<SshAuthenticationMethod>[] = [
  { value: 'agent', label: 'SSH agent' },
  { value: 'key', label: 'Private key file' },
  { value: 'password', label: 'Password' },
];

/** The SSH host that the connection leads through; a single line while there is none. */
export function SshFields(props: SshFieldsProps) {
  const { form } = props;
  const { sshEnabled } = form.values;
  return (
    <div className={styles['section']}>
      <Switch
        label="SSH tunnel"
        hint={
          sshEnabled
            ? 'Host and port above are then what the SSH host calls them: localhost is the SSH host itself.'
            : 'Reaches the server through another host, encrypted.'
        }
        checked={sshEnabled}
        onChange={(enabled) => form.set('sshEnabled', enabled)}
      />
      {sshEnabled && <TunnelFields {...props} />}
    </div>
  );
}

function TunnelFields({ form, keychain, hasSecret }: SshFieldsProps) {
  const { sshAuthentication } = form.values;
  return (
    <div className={styles['grid']}>
      <FormTextField
        form={form}
        field="sshHost"
        label="SSH host"
        mono
        placeholder="bastion.example.com"
        className={styles['span9']}
      />
      <FormTextField
        form={form}
        field="sshPort"
        label="SSH port"
        mono
        inputMode="numeric"
        className={styles['span3']}
      />
      <FormTextField
        form={form}
        field="sshUser"
        label="SSH user"
        mono
        className={styles['span6']}
      />
      <Field
        label="Authenticate with"
        className={styles['span6']}
        hint={sshAuthentication === 'agent' ? 'Uses the keys that ssh-add lists.' : undefined}
        error={form.errors.sshAuthentication}
      >
        {(control) => (
          <Select
            control={control}
            value={sshAuthentication}
            options={methods}
            onChange={(method) => {
              form.set('sshAuthentication', method);
              form.set('sshSecret', '');
              // A key may have no passphrase; a password there always is.
              if (method === 'password' && form.values.sshSecretSource === 'none') {
                form.set('sshSecretSource', keychain?.available === false ? 'ask' : 'keychain');
              }
            }}
          />
        )}
      </Field>
      {sshAuthentication === 'key' && (
        <FileField
          form={form}
          field="sshKeyFile"
          kind="ssh-key"
          label="Private key"
          placeholder="~/.ssh/id_ed25519"
          className={styles['span12']}
        />
      )}
      {sshAuthentication !== 'agent' && (
        <SshSecretFields form={form} keychain={keychain} hasSecret={hasSecret} />
      )}
    </div>
  );
}

function SshSecretFields({ form, keychain, hasSecret }: SshFieldsProps) {
  const { sshAuthentication, sshSecretSource } = form.values;
  const name = sshAuthentication === 'key' ? 'Passphrase' : 'SSH password';
  const options: readonly SelectOption<SshSecretSource>[] = [
    { value: 'keychain', label: 'In the keychain', disabled: keychain?.available === false },
    { value: 'ask', label: 'Ask each time' },
    ...(sshAuthentication === 'key'
      ? [{ value: 'none' as const, label: 'The key has no passphrase' }]
      : []),
  ];
  return (
    <>
      <Field label={`${name} is kept`} className={styles['span6']}>
        {(control) => (
          <Select
            control={control}
            value={sshSecretSource}
            options={options}
            onChange={(source) => form.set('sshSecretSource', source)}
          />
        )}
      </Field>
      {sshSecretSource !== 'none' && (
        <SecretField
          form={form}
          field="sshSecret"
          label={name}
          className={styles['span6']}
          isAskedFor={sshSecretSource === 'ask'}
          isSaved={hasSecret && sshSecretSource === 'keychain'}
        />
      )}
    </>
  );
}
