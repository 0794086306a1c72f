/**
 * Answers the menu key at the focused cell: by itself the browser asks for the menu in the middle of the
 * grid, far from what it is for. Leaves a press of the pointer, and a grid that points to no cell, alone.
 */
export function askForMenuAtCell(host: HTMLElement, event: MouseEvent): void {
  // Chromium tells of the key as of a button that is none, or of a pointer of no type.
  const isKey = event.button === -1 || (event instanceof PointerEvent && event.pointerType === '');
  const id = host.getAttribute('aria-activedescendant');
  const cell = id === null ? null : document.getElementById(id);
  if (!event.isTrusted || !isKey || cell === null) return;
  event.preventDefault();
  event.stopPropagation();
  const { left, bottom } = cell.getBoundingClientRect();
  const place = { clientX: left + 16, clientY: bottom };
  host.dispatchEvent(
    new PointerEvent('contextmenu', { bubbles: true, cancelable: true, ...place }),
  );
}
