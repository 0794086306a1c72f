import type { ReactNode } from 'react';
import { Field } from '../../components/field';
import { TextInput } from '../../components/text-input';
import type { FormField, FormValues } from './form-values';
import type { ProfileFormState } from './use-profile-form';

type TextField = {
  [F in FormField]: FormValues[F] extends string
    ? string extends FormValues[F]
      ? F
      : never
    : never;
}[FormField];

interface FormTextFieldProps {
  readonly form: ProfileFormState;
  readonly field: TextField;
  readonly label: string;
  readonly className?: string | undefined;
  readonly hint?: ReactNode;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly suffix?: string;
  /** A control inside at the right. */
  readonly end?: ReactNode;
  readonly type?: 'text' | 'password';
  readonly inputMode?: 'numeric' | 'decimal';
  /** Takes pasted text; true keeps it out of the field. */
  readonly onPaste?: (text: string) => boolean;
}

/** A text field of the profile form with its label and its error. */
export function FormTextField({
  form,
  field,
  label,
  className,
  hint,
  onPaste,
  ...input
}: FormTextFieldProps) {
  return (
    <Field label={label} hint={hint} error={form.errors[field]} className={className}>
      {(control) => (
        <TextInput
          {...control}
          {...input}
          name={field}
          value={form.values[field]}
          onChange={(event) => form.set(field, event.target.value)}
          {...(onPaste && {
            onPaste: (event) => {
              if (onPaste(event.clipboardData.getData('text'))) event.preventDefault();
            },
          })}
        />
      )}
    </Field>
  );
}
