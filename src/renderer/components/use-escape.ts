import type { KeyboardEvent } from 'react';

/** Marks what answers Escape by `useEscape`, for those who would take the key before it. */
const mark = 'data-answers-escape';

interface EscapeHandlers {
  readonly 'data-answers-escape': '';
  readonly onEscapeKeyDown: (event: Event) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Handlers of a Radix dialog's content that let Escape reach what is inside before the dialog: a field that
 * uses the key up stops it. By itself Radix takes the key on its way down to the fields, and leaves it to a
 * toast that came later (DismissableLayer).
 */
export function useEscape(onEscape: () => void): EscapeHandlers {
  return {
    [mark]: '',
    onEscapeKeyDown: (event) => event.preventDefault(),
    onKeyDown: (event) => {
      if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
      // A menu or another dialog that was opened from here is no part of this element.
      if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    },
  };
}

/** Whether Escape, pressed there, is answered by a dialog. */
export function isEscapeAnswered({ target }: Event): boolean {
  return target instanceof Element && target.closest(`[${mark}]`) !== null;
}
