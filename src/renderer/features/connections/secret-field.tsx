import { Button } from '../../components/button';
import { FormTextField } from './form-text-field';
import type { SecretName } from '@shared/models/connection-profile';
import type { ProfileFormState } from './use-profile-form';

interface SecretFieldProps {
  readonly form: ProfileFormState;
  readonly field: SecretName;
  readonly label: string;
  readonly className?: string | undefined;
  /** Whether it is asked for each time instead of being kept. */
  readonly isAskedFor: boolean;
  /** Whether the keychain holds one. */
  readonly isSaved: boolean;
}

/** A secret as typed. One that is saved is never shown: it stays, is replaced, or is removed. */
export function SecretField({ form, isAskedFor, isSaved, ...field }: SecretFieldProps) {
  const isKept = isSaved && !form.forgets[field.field];
  return (
    <FormTextField
      {...field}
      form={form}
      type="password"
      placeholder={isKept ? 'Saved in the keychain' : ''}
      hint={hintOf(form, field.field, { isAskedFor, isSaved })}
    />
  );
}

function hintOf(
  form: ProfileFormState,
  field: SecretName,
  { isAskedFor, isSaved }: Pick<SecretFieldProps, 'isAskedFor' | 'isSaved'>,
) {
  if (isAskedFor) return 'For this test and the next connect only.';
  if (!isSaved) return undefined;
  if (form.forgets[field]) {
    return (
      <>
        Removed from the keychain when saved.{' '}
        <Button variant="link" onClick={() => form.setForgets(field, false)}>
          Keep it
        </Button>
      </>
    );
  }
  if (form.values[field] !== '') return undefined;
  return (
    <>
      Left as it is.{' '}
      <Button variant="link" onClick={() => form.setForgets(field, true)}>
        Remove it
      </Button>
    </>
  );
}
