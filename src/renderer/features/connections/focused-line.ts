import { create } from 'zustand';

/** The line of the list of connections that is to get the focus; a new object for each request. */
export const useFocusedLine = create<{ readonly request: { readonly line: string } | null }>(
  () => ({ request: null }),
);

/** Gives a line the focus, by the id of its connection or the name of its folder, once it is there. */
export function focusLine(line: string | null): void {
  if (line !== null) useFocusedLine.setState({ request: { line } });
}

/** The line below, above the last one: where the focus goes when a line leaves its place. */
export function lineBeside(line: string): string | null {
  const lines = [...document.querySelectorAll<HTMLElement>('[data-line]')].map(
    (element) => element.dataset['line'] ?? '',
  );
  const index = lines.indexOf(line);
  return lines[index + 1] ?? lines[index - 1] ?? null;
}
