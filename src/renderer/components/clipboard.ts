/**
 * Puts text on the clipboard. It answers the browser's own copy event, which, unlike
 * navigator.clipboard, needs no permission of the window. Returns whether the text was taken.
 */
export function copyText(text: string): boolean {
  let taken = false;
  const answer = (event: ClipboardEvent): void => {
    if (event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  window.addEventListener('copy', answer, { capture: true });
  try {
    document.execCommand('copy');
  } finally {
    window.removeEventListener('copy', answer, { capture: true });
  }
  return taken;
}
