/** Whether the platform's command key is Command and not Control. */
export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh');

/** How a shortcut with the platform's command key is written: "⌘B", "Ctrl+B". */
export function shortcutText(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl+${key}`;
}

const macSigns: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Enter: '↵',
};

/** How an accelerator of the menu ("CmdOrCtrl+Shift+P") is written on this platform. */
export function acceleratorText(accelerator: string, onMac: boolean = isMac): string {
  if (!onMac) return accelerator.replace('CmdOrCtrl', 'Ctrl');
  return accelerator
    .split('+')
    .map((key) => macSigns[key] ?? key)
    .join('');
}
