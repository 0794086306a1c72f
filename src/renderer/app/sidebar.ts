import { useApp } from './app-store';

/** Folds the schema browser away, or brings it back. */
export function toggleSidebar(): void {
  useApp.setState(({ sidebarOpen }) => ({ sidebarOpen: !sidebarOpen }));
}

/** Brings the schema browser back where it is folded away, and gives its tree the focus. */
export function focusTree(): void {
  useApp.setState({ sidebarOpen: true });
  // The panel is laid out in the next frame; a hidden tree cannot take the focus.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-schema-tree]')?.focus());
}
