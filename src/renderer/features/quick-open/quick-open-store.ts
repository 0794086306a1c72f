import { create } from 'zustand';

interface QuickOpenState {
  /** What stands in the field when the palette opens; null while it is closed. */
  readonly initialText: string | null;
  /** Counts the openings: a new one begins anew. */
  readonly opening: number;
}

/** Whether the palette is open. */
export const useQuickOpen = create<QuickOpenState>(() => ({ initialText: null, opening: 0 }));

/** Opens the palette; ">" narrows it to commands. */
export function openQuickOpen(initialText: '' | '>' = ''): void {
  useQuickOpen.setState(({ opening }) => ({ initialText, opening: opening + 1 }));
}

/** Closes the palette. */
export function closeQuickOpen(): void {
  useQuickOpen.setState({ initialText: null });
}
