import { commands, type CommandName } from '@shared/commands';

/** Whether the platform's command key is Command and not Control. */
export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh');

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

/** How the keys of a command are written; empty for one without. */
export function commandKeys(command: CommandName): string {
  const { accelerator } = commands[command];
  return accelerator === null ? '' : acceleratorText(accelerator);
}
