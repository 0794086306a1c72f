/** Gives the keyboard to the editor of the tab in front, or to the rows of its table. */
export function focusShownPane(): void {
  document
    .querySelector<HTMLElement>(
      '[data-focus-target="editor"] .cm-content, [data-focus-target="results"]',
    )
    ?.focus();
}
