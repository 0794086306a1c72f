import { useId, type ReactNode } from 'react';
import styles from './field.module.css';

/** What a control takes to belong to its label and its message. */
export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words that say how to mend it. */
  readonly error?: string | undefined;
  readonly className?: string | undefined;
  readonly children: (control: ControlAttributes) => ReactNode;
}

/** A control with its label above and its hint or error below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const messageId = `${id}-message`;
  const hasMessage = error !== undefined || hint !== undefined;
  return (
    <div className={[styles['field'], className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      {children({
        id,
        ...(hasMessage && { 'aria-describedby': messageId }),
        ...(error !== undefined && { 'aria-invalid': true as const }),
      })}
      {hasMessage && (
        <p
          id={messageId}
          className={styles[error === undefined ? 'hint' : 'error']}
          {...(error !== undefined && { role: 'alert' })}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
