/**
 * Every command of the window, with its words and its keys: the one list that the application menu
 * and the command palette show. Accelerators are written as Electron takes them.
 */
export const commands = {
  'quick-open': { label: 'Go to Anything…', accelerator: 'CmdOrCtrl+P', needsConnection: false },
  'show-commands': {
    label: 'Command Palette…',
    accelerator: 'CmdOrCtrl+Shift+P',
    needsConnection: false,
  },
  'new-connection': {
    label: 'New Connection…',
    accelerator: 'CmdOrCtrl+N',
    needsConnection: false,
  },
  'show-connections': { label: 'Show All Connections', accelerator: null, needsConnection: false },
  'close-connection': { label: 'Close Connection', accelerator: null, needsConnection: true },
  'new-tab': { label: 'New Query Tab', accelerator: 'CmdOrCtrl+T', needsConnection: true },
  'close-tab': { label: 'Close Tab', accelerator: 'CmdOrCtrl+W', needsConnection: true },
  'reopen-tab': {
    label: 'Reopen Closed Tab',
    accelerator: 'CmdOrCtrl+Shift+T',
    needsConnection: true,
  },
  'next-tab': { label: 'Next Tab', accelerator: 'Ctrl+Tab', needsConnection: true },
  'previous-tab': {
    label: 'Previous Tab',
    accelerator: 'Ctrl+Shift+Tab',
    needsConnection: true,
  },
  'open-file': { label: 'Open SQL File…', accelerator: 'CmdOrCtrl+O', needsConnection: true },
  'save-file': { label: 'Save SQL File', accelerator: 'CmdOrCtrl+S', needsConnection: true },
  'save-file-as': {
    label: 'Save SQL File As…',
    accelerator: 'CmdOrCtrl+Shift+S',
    needsConnection: true,
  },
  'save-query': {
    label: 'Save Query Under a Name…',
    accelerator: 'CmdOrCtrl+Shift+D',
    needsConnection: true,
  },
  'show-saved-queries': {
    label: 'Saved Queries…',
    accelerator: 'CmdOrCtrl+Shift+O',
    needsConnection: false,
  },
  run: { label: 'Run Statement', accelerator: 'CmdOrCtrl+Enter', needsConnection: true },
  'run-all': { label: 'Run All', accelerator: 'CmdOrCtrl+Shift+Enter', needsConnection: true },
  explain: { label: 'Explain Statement', accelerator: 'CmdOrCtrl+E', needsConnection: true },
  'explain-analyze': {
    label: 'Explain and Analyze Statement',
    accelerator: 'CmdOrCtrl+Shift+X',
    needsConnection: true,
  },
  format: {
    label: 'Format Statement',
    accelerator: 'CmdOrCtrl+Shift+L',
    needsConnection: true,
  },
  cancel: { label: 'Cancel', accelerator: 'CmdOrCtrl+.', needsConnection: true },
  'export-result': {
    label: 'Export Result…',
    accelerator: 'CmdOrCtrl+Shift+E',
    needsConnection: true,
  },
  'show-history': {
    label: 'Query History…',
    accelerator: 'CmdOrCtrl+Shift+H',
    needsConnection: false,
  },
  'toggle-sidebar': {
    label: 'Toggle Sidebar',
    accelerator: 'CmdOrCtrl+B',
    needsConnection: true,
  },
  'focus-tree': {
    label: 'Focus Schema Browser',
    accelerator: 'CmdOrCtrl+1',
    needsConnection: true,
  },
  'focus-editor': { label: 'Focus Editor', accelerator: 'CmdOrCtrl+2', needsConnection: true },
  'focus-results': { label: 'Focus Results', accelerator: 'CmdOrCtrl+3', needsConnection: true },
  'refresh-catalog': {
    label: 'Refresh Schema Browser and Search',
    accelerator: null,
    needsConnection: true,
  },
  'toggle-system-schemas': {
    label: 'Show or Hide System Schemas',
    accelerator: null,
    needsConnection: true,
  },
  'show-settings': { label: 'Settings…', accelerator: 'CmdOrCtrl+,', needsConnection: false },
  'theme-system': { label: 'Theme: Like the System', accelerator: null, needsConnection: false },
  'theme-light': { label: 'Theme: Light', accelerator: null, needsConnection: false },
  'theme-dark': { label: 'Theme: Dark', accelerator: null, needsConnection: false },
} as const satisfies Readonly<Record<string, CommandInfo>>;

/** What is known of a command without carrying it out. */
export interface CommandInfo {
  readonly label: string;
  readonly accelerator: string | null;
  /** Whether it means something only while an open connection is shown. */
  readonly needsConnection: boolean;
}

export type CommandName = keyof typeof commands;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of an object that is written out above
export const commandNames = Object.keys(commands) as CommandName[];
