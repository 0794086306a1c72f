/**
 * Starts the application with a tape running: every message between main and the page is kept, both
 * ways, for a test to search. The application itself knows nothing of it.
 */
'use strict';
const path = require('node:path');
const { serialize } = require('node:v8');
const { app, ipcMain } = require('electron');

/** @typedef {{ way: 'request' | 'answer' | 'event' | 'message', channel: string, bytes: Buffer }} Message */

/** @type {Message[]} */
const tape = [];
Object.assign(globalThis, { messageTape: tape });

/**
 * @param {Message['way']} way
 * @param {string} channel
 * @param {unknown} content
 */
function record(way, channel, content) {
  tape.push({ way, channel, bytes: serialize(content) });
}

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, listener) =>
  handle(channel, async (event, ...request) => {
    record('request', channel, request);
    /** @type {unknown} */
    const answer = await listener(event, ...request);
    record('answer', channel, answer);
    return answer;
  });

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents);
  contents.send = (channel, ...payload) => {
    record('event', channel, payload);
    send(channel, ...payload);
  };
  // The application sends none of these: whatever comes this way shows up under a name of its own.
  contents.on('ipc-message', (_message, channel, ...payload) => {
    record('message', channel, payload);
  });
});

// Where settings are kept and files are found goes by the name and the folder of the application.
const root = path.join(__dirname, '../../..');
/** @type {{ main: string, productName: string }} */
const { main, productName } = require(path.join(root, 'package.json'));
app.setName(productName);
require(path.join(root, main));
