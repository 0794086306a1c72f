/**
 * Draws resources/icons from its SVG: a PNG for each size of Linux's icon theme, and the containers
 * of Windows and macOS. Run by Electron, see `npm run icons`.
 */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow } = require('electron');

const folder = path.join(__dirname, '..', '..', 'resources', 'icons');
const themeSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** The types of Apple's icon format whose pictures are PNGs, and the sizes of these in pixels. */
const appleTypes = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

drawAll().then(
  () => app.quit(),
  (/** @type {unknown} */ error) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  },
);

async function drawAll() {
  await app.whenReady();
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,');
  const svg = fs.readFileSync(path.join(folder, 'postern.svg'), 'utf8');
  /** @type {Map<number, Buffer>} */
  const pictures = new Map();
  for (const size of new Set([...themeSizes, 1024])) {
    pictures.set(size, await draw(window, svg, size));
  }
  /** @param {number} size */
  const picture = (size) => pictures.get(size) ?? Buffer.alloc(0);
  for (const size of themeSizes) fs.writeFileSync(path.join(folder, `${size}.png`), picture(size));
  const windows = windowsSizes.map((size) => ({ size, png: picture(size) }));
  fs.writeFileSync(path.join(folder, 'postern.ico'), ico(windows));
  const apple = appleTypes.map(([type, size]) => ({ type, png: picture(size) }));
  fs.writeFileSync(path.join(folder, 'postern.icns'), icns(apple));
}

/**
 * @param {Electron.BrowserWindow} window
 * @param {string} svg
 * @param {number} size Pixels of each side.
 * @returns {Promise<Buffer>} A PNG.
 */
async function draw(window, svg, size) {
  // A drawing is sharp at the size that it says itself.
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
  const source = `data:image/svg+xml;base64,${Buffer.from(sized).toString('base64')}`;
  /** @type {string} */
  const url = await window.webContents.executeJavaScript(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(source)};
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} });
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/**
 * An icon of Windows: a header, an entry of 16 bytes for each picture, the pictures.
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function ico(pictures) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 256 does not fit into a byte and is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/**
 * An icon of macOS: a header and the pictures, each behind its type and its length.
 * @param {readonly { type: string, png: Buffer }[]} pictures
 */
function icns(pictures) {
  const parts = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const header = Buffer.alloc(8);
  header.write('icns', 'latin1');
  header.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([header, ...parts]);
}
