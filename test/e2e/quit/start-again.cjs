/**
 * Starts the application, quits it once it has a window, and starts it again while it ends. What then has
 * a window quits, and notes its end in the folder that NOTES names.
 */
'use strict';
const { spawn } = require('node:child_process');
const { existsSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { app } = require('electron');

const note = (/** @type {string} */ name) => path.join(process.env['NOTES'] ?? '', name);

app.once('browser-window-created', () => {
  if (existsSync(note('first-window'))) {
    app.once('quit', () => writeFileSync(note('second-end'), ''));
  } else {
    writeFileSync(note('first-window'), '');
    endSlowly();
  }
  app.quit();
});

/** Holds up the end of the application until a second start has been refused. */
function endSlowly() {
  let isHeldUp = true;
  app.on('will-quit', (event) => {
    if (isHeldUp) event.preventDefault();
  });
  app.once('will-quit', () => {
    const second = spawn(process.execPath, process.argv.slice(1), { stdio: 'ignore' });
    second.once('exit', () => {
      isHeldUp = false;
      app.quit();
    });
  });
}

require('./application.cjs');
