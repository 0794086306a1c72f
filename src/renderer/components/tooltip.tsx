import { Tooltip as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly content: ReactNode;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes the pointer and the focus. */
  readonly children: ReactElement;
}

/** A short text that explains its child on hover and on focus. */
export function Tooltip({ content, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className={styles['content']}
          side={side}
          sideOffset={5}
          collisionPadding={8}
        >
          {content}
          {shortcut !== undefined && <span className={styles['shortcut']}>{shortcut}</span>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Shares one delay between all tooltips: a second one follows the first at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={450} skipDelayDuration={250}>
      {children}
    </Primitive.Provider>
  );
}
