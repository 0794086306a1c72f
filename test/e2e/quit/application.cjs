/** The application, started from another file than its own. */
'use strict';
const path = require('node:path');
const { app } = require('electron');

// Where settings are kept and files are found goes by the name and the folder of the application.
const root = path.join(__dirname, '../../..');
/** @type {{ main: string, productName: string }} */
const { main, productName } = require(path.join(root, 'package.json'));
app.setName(productName);
require(path.join(root, main));
