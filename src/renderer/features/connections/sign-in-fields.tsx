import type { AppInfo } from '@shared/models/app-info';
import type { ProfileDraft } from '@shared/models/connection-profile';
import { Field } from '../../components/field';
import { Notice } from '../../components/notice';
import { Select, type SelectOption } from '../../components/select';
import { SecretField } from './secret-field';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

interface SignInFieldsProps {
  readonly form: ProfileFormState;
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
