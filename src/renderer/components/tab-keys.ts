import type { KeyboardEvent } from 'react';

/**
 * Moves the focus among the tabs of a tablist (ARIA Authoring Practices, "Tabs Pattern"): by the arrows
 * around the ends, to both ends by Home and End. Returns the tab that has the focus now; null for any
 * other key.
 */
export function focusTabByKey(event: KeyboardEvent<HTMLElement>): HTMLElement | null {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === event.target);
  if (at < 0) return null;
  const next = {
    ArrowLeft: tabs.at(at - 1),
    ArrowRight: tabs[at + 1] ?? tabs[0],
    Home: tabs[0],
    End: tabs.at(-1),
  }[event.key];
  if (next === undefined) return null;
  event.preventDefault();
  next.focus();
  return next;
}
