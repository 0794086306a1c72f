/** Starts the application, or with EMPTY a window that says hello, and ends once there is something to see. */
'use strict';
const { app, BrowserWindow } = require('electron');

app.once('browser-window-created', (_event, window) => {
  window.once('ready-to-show', () => app.exit());
});

if (process.env['EMPTY'] === undefined) {
  require('../../e2e/quit/application.cjs');
} else {
  app.once('ready', () => {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
    void window.loadURL('data:text/html,<p>Hello');
  });
}
