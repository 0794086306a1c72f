import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly tone: 'neutral' | 'danger';
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

let nextId = 1;

/** The toasts on screen, oldest first. */
export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Shows a short message that goes by itself; returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  const id = nextId++;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, { ...toast, id }] }));
  return id;
}

/** Takes a toast away; nothing happens when it is gone already. */
export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
