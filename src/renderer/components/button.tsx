import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Spinner } from './spinner';
import styles from './button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'link';
  readonly size?: 'small' | 'medium' | 'large';
  readonly block?: boolean;
  readonly icon?: ReactNode;
  /** Shows that the action is under way; further presses are ignored, the focus stays. */
  readonly busy?: boolean;
}

/** A button with a word on it. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  block = false,
  busy = false,
  icon,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- it has one: button unless asked for submit
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={classNames(
        styles['button'],
        styles[variant],
        size === 'small' && styles['small'],
        size === 'large' && styles['large'],
        block && styles['block'],
        className,
      )}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}
