import { CircleAlert } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { dismissToast, useToasts } from './toast-store';
import { isEscapeAnswered } from './use-escape';
import styles from './toast.module.css';

/** Milliseconds that a toast stays; the pointer or the focus on it stops the clock. */
const lifetimeMs = 8000;

/** Where toasts appear; once per window. F8 moves the focus to them. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <Primitive.Provider duration={lifetimeMs} swipeDirection="down">
      {toasts.map((toast) => (
        <Primitive.Root
          key={toast.id}
          className={styles['toast']}
          onEscapeKeyDown={(event) => {
            // The key is meant for the dialog: the way to take something back stays.
            if (isEscapeAnswered(event)) event.preventDefault();
          }}
          onOpenChange={(open) => !open && dismissToast(toast.id)}
        >
          {toast.tone === 'danger' && <CircleAlert aria-hidden="true" />}
          <Primitive.Description className={styles['text']}>{toast.message}</Primitive.Description>
          {toast.action && (
            <Primitive.Action
              className={styles['action']}
              altText={toast.action.label}
              onClick={toast.action.run}
            >
              {toast.action.label}
            </Primitive.Action>
          )}
        </Primitive.Root>
      ))}
      <Primitive.Viewport className={styles['viewport']} />
    </Primitive.Provider>
  );
}
