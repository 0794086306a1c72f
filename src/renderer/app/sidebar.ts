import { KeptWidth } from '../components/kept-width';
import { useApp } from './app-store';

const storageKey = 'postern.sidebar';

/** The width that a person gave the sidebar last, while it is open. */
export const sidebarWidth = new KeptWidth('postern.sidebar-width', 180);

/** Takes over a change of the sidebar's width in pixels; 0 is folded away. */
export function sidebarResized(width: number): void {
  sidebarWidth.keep(width);
  // Dragged shut or open: the toggle must know.
  const isOpen = width > 0;
  if (isOpen !== useApp.getState().sidebarOpen) setSidebarOpen(isOpen);
}

/** Folds the schema browser away or brings it back, and remembers it for the next start. */
function setSidebarOpen(sidebarOpen: boolean): void {
  localStorage.setItem(storageKey, sidebarOpen ? 'open' : 'folded');
  useApp.setState({ sidebarOpen });
}

/** Brings the sidebar into the state that it had at the last start. */
export function restoreSidebar(): void {
  useApp.setState({ sidebarOpen: localStorage.getItem(storageKey) !== 'folded' });
}

/** Folds the schema browser away, or brings it back. */
export function toggleSidebar(): void {
  setSidebarOpen(!useApp.getState().sidebarOpen);
}

/** Brings the schema browser back where it is folded away, and gives its tree the focus. */
export function focusTree(): void {
  setSidebarOpen(true);
  // The panel is laid out in the next frame; a hidden tree cannot take the focus.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-schema-tree]')?.focus());
}
