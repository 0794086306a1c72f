/** Starts the application and has it quit at the moment of its start that QUIT_AT names. */
'use strict';
const { app } = require('electron');

/** @type {Record<string, () => void>} */
const moments = {
  'as its window is made': () => app.once('browser-window-created', () => app.quit()),
  'while its page loads': () => onceLoading(() => app.quit()),
  'by closing the window while its page loads': () => onceLoading((window) => window.close()),
};

/** @param {(window: import('electron').BrowserWindow) => void} listener */
function onceLoading(listener) {
  app.once('browser-window-created', (_event, window) => {
    window.webContents.once('did-start-navigation', () => listener(window));
  });
}

moments[process.env['QUIT_AT'] ?? '']?.();

require('./application.cjs');
