import { Check, ChevronRight } from 'lucide-react';
import { ContextMenu as ContextPrimitive, DropdownMenu as DropdownPrimitive } from 'radix-ui';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { classNames } from './class-names';
import styles from './menu.module.css';

export interface MenuAction {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  /** Whether it is the choice in force among the menu's lines; left out where the line is no choice. */
  readonly isChosen?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** A line that opens further lines beside it. */
export interface Submenu {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly lines: MenuActions;
}

/** The lines of a menu; null is a separator. */
export type MenuActions = readonly (MenuAction | Submenu | null)[];

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
      {action.isChosen === true && <Check aria-hidden="true" />}
      {action.shortcut !== undefined && (
        <span className={styles['shortcut']}>{action.shortcut}</span>
      )}
    </>
  );
}

interface MenuLinesProps {
  readonly actions: MenuActions;
  /** Both kinds of menus have their lines under the same names. */
  readonly parts: typeof DropdownPrimitive | typeof ContextPrimitive;
  readonly onChoose: (action: MenuAction) => void;
}

/** The lines of a menu; those that are choices are announced as such, with the one in force. */
function MenuLines({ actions, parts, onChoose }: MenuLinesProps) {
  const { Item, RadioGroup, RadioItem, Separator } = parts;
  const chosen = actions.find(
    (action) => action !== null && 'isChosen' in action && action.isChosen,
  );
  return (
    <RadioGroup value={chosen?.label ?? ''}>
      {actions.map((action, index) => {
        // oxlint-disable-next-line react/no-array-index-key -- separators have no identity
        if (action === null) return <Separator key={index} className={styles['separator']} />;
        if ('lines' in action) {
          return (
            <SubmenuLine key={action.label} submenu={action} parts={parts} onChoose={onChoose} />
          );
        }
        const line = {
          className: itemClass(action),
          disabled: action.disabled ?? false,
          onSelect: () => onChoose(action),
        };
        return action.isChosen === undefined ? (
          <Item key={action.label} {...line}>
            <ItemContent action={action} />
          </Item>
        ) : (
          <RadioItem key={action.label} value={action.label} {...line}>
            <ItemContent action={action} />
          </RadioItem>
        );
      })}
    </RadioGroup>
  );
}

interface SubmenuLineProps extends Pick<MenuLinesProps, 'parts' | 'onChoose'> {
  readonly submenu: Submenu;
}

function SubmenuLine({ submenu, parts, onChoose }: SubmenuLineProps) {
  const { Sub, SubTrigger, SubContent, Portal } = parts;
  return (
    <Sub>
      <SubTrigger className={styles['item']}>
        {submenu.icon}
        <span className={styles['text']}>{submenu.label}</span>
        <ChevronRight aria-hidden="true" />
      </SubTrigger>
      <Portal>
        <SubContent className={styles['menu']} collisionPadding={8} alignOffset={-4}>
          <MenuLines actions={submenu.lines} parts={parts} onChoose={onChoose} />
        </SubContent>
      </Portal>
    </Sub>
  );
}

/**
 * Carries out a chosen line once the menu has given the focus back: what the line opens can take the focus
 * then, and gives it back in turn to what had it before the menu.
 */
function useChoice() {
  const chosen = useRef<MenuAction | null>(null);
  return {
    onChoose: (action: MenuAction): void => {
      chosen.current = action;
    },
    onCloseAutoFocus: (): void => {
      const action = chosen.current;
      chosen.current = null;
      // The focus goes back right after this event.
      if (action !== null) queueMicrotask(action.onSelect);
    },
  };
}

interface DropdownMenuProps extends MenuProps {
  /** Open from the start: it answers a key, not a press of its button. */
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A menu that opens under its button. */
export function DropdownMenu(props: DropdownMenuProps) {
  const { actions, defaultOpen = false, onOpenChange, children } = props;
  const { onChoose, onCloseAutoFocus } = useChoice();
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
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <MenuLines actions={actions} parts={DropdownPrimitive} onChoose={onChoose} />
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
  const { onChoose, onCloseAutoFocus } = useChoice();
  return (
    <ContextPrimitive.Root {...(onOpenChange !== undefined && { onOpenChange })}>
      <ContextPrimitive.Trigger asChild>{children}</ContextPrimitive.Trigger>
      <ContextPrimitive.Portal>
        <ContextPrimitive.Content
          className={styles['menu']}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <MenuLines actions={actions} parts={ContextPrimitive} onChoose={onChoose} />
        </ContextPrimitive.Content>
      </ContextPrimitive.Portal>
    </ContextPrimitive.Root>
  );
}
