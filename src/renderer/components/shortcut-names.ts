// Without a page (a unit test) there is no navigator on every runtime.
const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh');

/** How the primary modifier is written before another key. */
export const primaryKeyName = isMac ? '⌘' : 'Ctrl+';
export const shiftKeyName = isMac ? '⇧' : 'Shift+';
export const enterKeyName = isMac ? '↩' : 'Enter';
