import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';
import { Tooltip } from './tooltip';
import styles from './button.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly size?: 'small' | 'medium';
  readonly shortcut?: string;
}

/** A button with an icon alone, named by its tooltip. */
export function IconButton({
  label,
  icon,
  size = 'medium',
  shortcut,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} {...(shortcut !== undefined && { shortcut })}>
      <button
        {...rest}
        type="button"
        aria-label={label}
        className={classNames(
          styles['button'],
          styles['icon'],
          size === 'small' && styles['iconSmall'],
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
