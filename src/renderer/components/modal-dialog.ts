/**
 * Whether a modal dialog is open, which then owns the keyboard. A popover has the role of a dialog too, but
 * stands beside its button and leaves the window as it is: Radix tells at which side.
 */
export function isModalDialogOpen(): boolean {
  return document.querySelector('[role$=dialog]:not([data-side])') !== null;
}
