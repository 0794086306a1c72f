import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useFocusedLine } from './focused-line';

/** The attributes of the element around the lines. */
interface LinesAttributes {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The focus within the list of connections: one line is reached by Tab, the one that had the focus
 * last, and arrows move between the lines. `lines` are the `data-line` of those that are shown.
 */
export function useLineFocus(lines: readonly string[]): {
  readonly tabStop: string | undefined;
  readonly attributes: LinesAttributes;
} {
  const list = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<string | null>(null);
  /** The line that has to get the focus back: a move into another folder makes a new one. */
  const requested = useFocusedLine(({ request }) => request);

  useLayoutEffect(() => {
    if (requested === null) return;
    const line = CSS.escape(requested.line);
    list.current?.querySelector<HTMLElement>(`[data-line="${line}"]`)?.focus();
    // The list may be shown anew later: the focus is elsewhere then.
    useFocusedLine.setState({ request: null });
  }, [requested]);

  const moveFocus = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const elements = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    // Also from the buttons of a line, which a press can give the focus.
    const current = elements.findIndex(
      (line) =>
        line === document.activeElement || line.closest('li')?.contains(document.activeElement),
    );
    const target = focusTarget(event.key, current, elements.length);
    if (target === undefined) return;
    event.preventDefault();
    elements[target]?.focus();
  };

  return {
    tabStop: last !== null && lines.includes(last) ? last : lines[0],
    attributes: {
      ref: list,
      onFocus: ({ target }) => {
        const line = target instanceof HTMLElement ? target.dataset['line'] : undefined;
        if (line !== undefined) setLast(line);
      },
      onKeyDown: moveFocus,
    },
  };
}

function focusTarget(key: string, current: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(current + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(current - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
