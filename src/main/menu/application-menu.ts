import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '@shared/ipc/contract';

/** Builds the application menu: the place where every command can be found with its shortcut. */
export function installMenu(options: {
  isDevelopment: boolean;
  send: (command: MenuCommand) => void;
}): void {
  const command = (
    label: string,
    name: MenuCommand,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    click: () => options.send(name),
    // The page handles its own keys, so that an editor can keep them; the menu only shows them.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';

  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        command('New Connection…', 'new-connection', 'CmdOrCtrl+N'),
        command('New Query Tab', 'new-tab', 'CmdOrCtrl+T'),
        separator,
        command('Close Tab', 'close-tab', 'CmdOrCtrl+W'),
        ...(isMac ? [] : [separator, { role: 'quit' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Query',
      submenu: [
        command('Run Statement', 'run', 'CmdOrCtrl+Enter'),
        command('Run All', 'run-all', 'CmdOrCtrl+Shift+Enter'),
        command('Cancel', 'cancel', 'CmdOrCtrl+.'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('Toggle Sidebar', 'toggle-sidebar', 'CmdOrCtrl+B'),
        command('Focus Schema Browser', 'focus-tree', 'CmdOrCtrl+1'),
        command('Focus Editor', 'focus-editor', 'CmdOrCtrl+2'),
        command('Focus Results', 'focus-results', 'CmdOrCtrl+3'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(options.isDevelopment
          ? ([
              separator,
              { role: 'reload' },
              { role: 'toggleDevTools' },
            ] satisfies MenuItemConstructorOptions[])
          : []),
      ],
    },
    { role: 'windowMenu' },
  ];
  app.setAboutPanelOptions({ applicationName: 'Postern', applicationVersion: app.getVersion() });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
