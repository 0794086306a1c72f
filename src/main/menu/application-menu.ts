import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { commands, type CommandName } from '@shared/commands';

/** Builds the application menu: the place where every command can be found with its shortcut. */
export function installMenu(options: {
  isDevelopment: boolean;
  send: (command: CommandName) => void;
}): void {
  const command = (name: CommandName): MenuItemConstructorOptions => {
    const { label, accelerator } = commands[name];
    return {
      label,
      click: () => options.send(name),
      // The page handles its own keys, so that an editor can keep them; the menu only shows them.
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    };
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';

  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [appMenu(command('show-settings'))] : []),
    {
      label: '&File',
      submenu: [
        command('new-connection'),
        command('new-tab'),
        separator,
        command('open-file'),
        command('save-file'),
        command('save-file-as'),
        separator,
        command('close-tab'),
        command('reopen-tab'),
        ...(isMac
          ? []
          : [
              separator,
              command('show-settings'),
              separator,
              { role: 'quit' } satisfies MenuItemConstructorOptions,
            ]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Query',
      submenu: [
        command('run'),
        command('run-all'),
        command('explain'),
        command('explain-analyze'),
        command('format'),
        command('cancel'),
        separator,
        command('save-query'),
        command('show-saved-queries'),
        separator,
        command('export-result'),
        command('show-history'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('quick-open'),
        command('show-commands'),
        separator,
        command('toggle-sidebar'),
        command('focus-tree'),
        command('focus-editor'),
        command('focus-results'),
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

/** The first menu on macOS, as `role: 'appMenu'` has it, with the settings at their place. */
function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return {
    label: app.name,
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}
