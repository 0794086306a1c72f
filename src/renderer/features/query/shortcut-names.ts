const isMac = navigator.userAgent.includes('Macintosh');

/** How the primary modifier is written before another key. */
export const primaryKeyName = isMac ? '⌘' : 'Ctrl+';
export const shiftKeyName = isMac ? '⇧' : 'Shift+';
export const enterKeyName = isMac ? '↩' : 'Enter';
