import type { Layout } from 'react-resizable-panels';

const storageKey = 'postern.query-panes';

/** How editor and results shared the height the last time, in percent; undefined at the first start. */
export function keptLayout(): Layout | undefined {
  const [editor, results] = (localStorage.getItem(storageKey) ?? '').split(' ').map(Number);
  if (editor === undefined || results === undefined) return { editor: 42, results: 58 };
  return Number.isFinite(editor + results) ? { editor, results } : undefined;
}

/** Keeps the layout for the next start. */
export function keepLayout({ editor, results }: Layout): void {
  if (editor !== undefined && results !== undefined) {
    localStorage.setItem(storageKey, `${editor} ${results}`);
  }
}
