/** Whether the platform's command key is Command and not Control. */
export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh');

/** How a shortcut with the platform's command key is written: "⌘B", "Ctrl+B". */
export function shortcutText(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}
