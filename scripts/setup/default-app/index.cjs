/**
 * Starts the application that the command line names, as the default_app of an unpackaged Electron
 * does. The fallback runtime comes from a packaged application and has none; a copy of this folder
 * becomes its resources/app.
 */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { app } = require('electron');

/**
 * Electron's own default_app calls these two; they are not part of its documented interface.
 * @typedef {{ setVersion(version: string): void, setAppPath(folder: string): void }} DefaultAppMethods
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Electron's types leave the two out
const application = /** @type {Electron.App & DefaultAppMethods} */ (app);

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  process.stderr.write(
    'Name the application to start: a folder with a package.json or a script.\n',
  );
  process.exit(1);
}
const target = path.resolve(named);
Object.defineProperty(process, 'defaultApp', { value: true });
if (fs.statSync(target).isDirectory()) {
  /** @type {{ main: string, name: string, productName?: string, version: string }} */
  const description = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  // The name decides where settings are kept, so it has to be set before the application asks.
  application.setName(description.productName ?? description.name);
  application.setVersion(description.version);
  application.setAppPath(target);
  require(path.join(target, description.main));
} else {
  application.setAppPath(path.dirname(target));
  require(target);
}
