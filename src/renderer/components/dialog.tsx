import { X } from 'lucide-react';
import { AlertDialog, Dialog as Primitive } from 'radix-ui';
import { useRef, type CSSProperties, type ReactNode } from 'react';
import { Button } from './button';
import { IconButton } from './icon-button';
import { useEscape } from './use-escape';
import { useFocusBack } from './use-focus-back';
import styles from './dialog.module.css';

type DialogStyle = CSSProperties & { readonly '--dialog-width': string };
const width = (pixels: number): DialogStyle => ({ '--dialog-width': `${pixels}px` });

interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Pixels. */
  readonly width?: number;
  /** Asked for by Escape, the close button and a press outside. */
  readonly onClose: () => void;
  /** What Escape does in place of that. */
  readonly onEscape?: () => void;
  /** Whether a press outside leaves it open: what was typed in it would be lost. */
  readonly staysOpen?: boolean;
  /** Stays in view between the body, which scrolls, and the footer. */
  readonly panel?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog: its first field, or an element marked with `data-initial-focus` before it, gets the
 * focus, which stays inside and is given back at the end.
 */
export function Dialog({
  title,
  description,
  width: pixels = 480,
  onClose,
  onEscape = onClose,
  staysOpen = false,
  panel,
  footer,
  children,
}: DialogProps) {
  const giveFocusBack = useFocusBack();
  const escape = useEscape(onEscape);
  const body = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles['overlay']}>
          <Primitive.Content
            ref={content}
            {...escape}
            className={styles['content']}
            style={width(pixels)}
            {...(description === undefined && { 'aria-describedby': undefined })}
            onCloseAutoFocus={giveFocusBack}
            onInteractOutside={(event) => staysOpen && event.preventDefault()}
            onOpenAutoFocus={(event) => {
              // The first field, or else the dialog itself: the focus on the close button would open
              // its tooltip, and Escape would then close that.
              event.preventDefault();
              const first = body.current?.querySelector<HTMLElement>('[data-initial-focus],input');
              (first ?? content.current)?.focus();
            }}
          >
            <header className={styles['header']}>
              <div>
                <Primitive.Title className={styles['title']}>{title}</Primitive.Title>
                {description !== undefined && (
                  <Primitive.Description className={styles['description']}>
                    {description}
                  </Primitive.Description>
                )}
              </div>
              <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
            </header>
            <div ref={body} className={styles['body']}>
              {children}
            </div>
            {panel}
            {footer !== undefined && <footer className={styles['footer']}>{footer}</footer>}
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly description: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is lost. Cancel has the focus, so that Enter loses nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const giveFocusBack = useFocusBack();
  const escape = useEscape(props.onCancel);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && props.onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles['overlay']}>
          <AlertDialog.Content
            {...escape}
            className={styles['content']}
            style={width(400)}
            onCloseAutoFocus={giveFocusBack}
          >
            <header className={styles['header']}>
              <div>
                <AlertDialog.Title className={styles['title']}>{props.title}</AlertDialog.Title>
                <AlertDialog.Description className={styles['description']}>
                  {props.description}
                </AlertDialog.Description>
              </div>
            </header>
            <footer className={styles['footer']}>
              <AlertDialog.Cancel asChild>
                <Button>{props.cancelLabel}</Button>
              </AlertDialog.Cancel>
              <Button variant="danger" onClick={props.onConfirm}>
                {props.confirmLabel}
              </Button>
            </footer>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
