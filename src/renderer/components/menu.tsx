import { Check } from 'lucide-react';
import { ContextMenu as ContextPrimitive, DropdownMenu as DropdownPrimitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './menu.module.css';

export interface MenuAction {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  /** The choice in force among the menu's lines. */
  readonly isChecked?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** The lines of a menu; null is a separator. */
export type MenuActions = readonly (MenuAction | null)[];

interface MenuProps {
  readonly actions: MenuActions;
  readonly children: ReactElement;
}

const itemClass = (action: MenuAction): string =>
  classNames(styles['item'], action.danger === true && styles['danger']);

function ItemContent({ action }: { readonly action: MenuAction }) {
  return (
    <>
      {action.icon}
      <span className={styles['text']}>{action.label}</span>
      {action.isChecked === true && <Check aria-label="In use" />}
      {action.shortcut !== undefined && (
        <span className={styles['shortcut']}>{action.shortcut}</span>
      )}
    </>
  );
}

interface DropdownMenuProps extends MenuProps {
  /** Open from the start: it answers a key, not a press of its button. */
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that opens under its button. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { actions, defaultOpen = false, onOpenChange, children } = props;
  return (
    <DropdownPrimitive.Root
      defaultOpen={defaultOpen}
      {...(onOpenChange !== undefined && { onOpenChange })}
    >
      <DropdownPrimitive.Trigger asChild>{children}</DropdownPrimitive.Trigger>
      <DropdownPrimitive.Portal>
        <DropdownPrimitive.Content
          className={styles['menu']}
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          {actions.map((action, index) =>
            action === null ? (
              // oxlint-disable-next-line react/no-array-index-key -- separators have no identity
              <DropdownPrimitive.Separator key={index} className={styles['separator']} />
            ) : (
              <DropdownPrimitive.Item
                key={action.label}
                className={itemClass(action)}
                disabled={action.disabled ?? false}
                onSelect={action.onSelect}
              >
                <ItemContent action={action} />
              </DropdownPrimitive.Item>
            ),
          )}
        </DropdownPrimitive.Content>
      </DropdownPrimitive.Portal>
    </DropdownPrimitive.Root>
  );
}

interface ContextMenuProps extends MenuProps {
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that the right button or the menu key opens over its child. */
export function ContextMenu({ actions, onOpenChange, children }: ContextMenuProps) {
  return (
    <ContextPrimitive.Root {...(onOpenChange !== undefined && { onOpenChange })}>
      <ContextPrimitive.Trigger asChild>{children}</ContextPrimitive.Trigger>
      <ContextPrimitive.Portal>
        <ContextPrimitive.Content className={styles['menu']} collisionPadding={8}>
          {actions.map((action, index) =>
            action === null ? (
              // oxlint-disable-next-line react/no-array-index-key -- separators have no identity
              <ContextPrimitive.Separator key={index} className={styles['separator']} />
            ) : (
              <ContextPrimitive.Item
                key={action.label}
                className={itemClass(action)}
                disabled={action.disabled ?? false}
                onSelect={action.onSelect}
              >
                <ItemContent action={action} />
              </ContextPrimitive.Item>
            ),
          )}
        </ContextPrimitive.Content>
      </ContextPrimitive.Portal>
    </ContextPrimitive.Root>
  );
}
