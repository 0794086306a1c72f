import { create } from 'zustand';

const storageKey = 'postern.filter-row';

/** Whether tables show fields for conditions above their columns; it is remembered. */
export const useFilterRow = create<{ readonly isShown: boolean }>(() => ({
  // Without a page (a unit test) there is no storage on every runtime.
  isShown: typeof localStorage !== 'undefined' && localStorage.getItem(storageKey) === 'shown',
}));

/** Shows the row in all tables, or hides it. */
export function showFilterRow(isShown: boolean): void {
  useFilterRow.setState({ isShown });
  localStorage.setItem(storageKey, isShown ? 'shown' : 'hidden');
}
