import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './field.module.css';

interface TextInputProps extends ComponentProps<'input'> {
  /** Addresses, paths and names of objects read better in the fixed-width face. */
  readonly mono?: boolean;
  readonly icon?: ReactNode;
  /** A unit shown inside at the right. */
  readonly suffix?: string;
  /** A control inside at the right. */
  readonly end?: ReactNode;
}

/** One line of text. Spelling aids are off: it holds names and addresses. */
export function TextInput({ mono = false, icon, suffix, end, className, ...rest }: TextInputProps) {
  const input = (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      {...rest}
      className={classNames(styles['input'], mono && styles['mono'], className)}
    />
  );
  if (icon === undefined && suffix === undefined && end === undefined) return input;
  return (
    <div className={styles['affixed']}>
      {icon !== undefined && <span className={styles['icon']}>{icon}</span>}
      {input}
      {suffix !== undefined && <span className={styles['suffix']}>{suffix}</span>}
      {end !== undefined && <span className={styles['end']}>{end}</span>}
    </div>
  );
}
