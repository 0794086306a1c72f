/**
 * Drives the built application on its sample database and writes docs/screenshots. Run by
 * `npm run screenshots`, which provides the build, the screen and the keychain.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from 'playwright';
import { installedRuntime } from '../setup/electron-runtime.mjs';
import { projectRoot } from '../setup/project.mjs';

/** The size of the page in the pictures, in pixels. */
const width = 1280;
const height = 800;
/** Pictures are part of the repository: one that is larger than this is a mistake. Bytes. */
const largestPicture = 300_000;
const folder = join(projectRoot, 'docs', 'screenshots');

/** Starting the sample server for the first time creates its files and fills its tables. */
const sampleLimitMs = 120_000;

const rowsQuery = `-- What each book of the shop has earned
select b.title,
       b.format,
       b.price,
       b.published_on,
       sum(i.quantity) as copies_sold,
       sum(i.quantity * i.unit_price) as revenue,
       b.keywords
  from shop.books b
  join shop.order_items i on i.book_id = b.id
 group by b.id
 order by revenue desc;
`;
const wrongQuery = `select titel, price, published_on
  from shop.books
 where format = 'hardcover'
 order by price desc;
`;

const riskyQuery = `update shop.books set price = round(price * 1.1, 2);`;

const login = /** @type {const} */ ({
  database: 'bookshop',
  user: 'reader',
  passwordSource: 'ask',
});
/**
 * What the list of connections shows. No such servers exist: RFC 2606 reserves the domains.
 * @type {readonly import('zod').input<typeof import('../../src/shared/models/connection-profile').profileDraftSchema>[]}
 */
const profiles = [
  { ...login, name: 'Bookshop', color: 'green', environment: 'development', host: 'localhost' },
  {
    ...login,
    name: 'Bookshop staging',
    color: 'amber',
    environment: 'staging',
    host: 'db.staging.example',
    folder: 'Servers',
  },
  {
    ...login,
    name: 'Bookshop production',
    color: 'red',
    environment: 'production',
    host: 'db.example.com',
    sslMode: 'verify-full',
    readOnly: true,
    folder: 'Servers',
  },
];

const runtime = installedRuntime();
if (runtime === null) throw new Error('There is no Electron to run: "npm start" fetches one.');
const userData = mkdtempSync(join(tmpdir(), 'postern-screenshots-'));
mkdirSync(folder, { recursive: true });

const electron = await _electron.launch({
  executablePath: runtime.executable,
  args: [
    projectRoot,
    `--user-data-dir=${userData}`,
    // Chromium refuses its sandbox to root.
    ...(userInfo().uid === 0 ? ['--no-sandbox'] : []),
  ],
  cwd: projectRoot,
  env: withoutDatabases(process.env),
});
try {
  const page = await electron.firstWindow();
  await electron.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.setContentSize(size.width, size.height);
      }
    },
    { width, height },
  );
  await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
    width,
    height,
  });
  await addProfiles(page);

  await page.getByText('Bookshop production').waitFor();
  await take(page, 'welcome');

  await page.getByRole('button', { name: 'Open the sample database' }).click();
  await page.getByRole('tree').waitFor({ timeout: sampleLimitMs });
  await unfold(page, /^shop/);
  await unfold(page, /^books/);

  await run(page, rowsQuery);
  await page.getByRole('columnheader', { name: /revenue/ }).waitFor();
  await page.getByRole('gridcell').nth(8).click();
  await take(page, 'rows');

  await page.keyboard.press('ControlOrMeta+P');
  await page.getByRole('combobox', { name: 'Search everything' }).fill('order');
  await page
    .getByRole('option', { name: /order_items/ })
    .first()
    .waitFor();
  await take(page, 'search');
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Export result' });
  await dialog.getByLabel('Preview of the file').getByText('title,').waitFor();
  await take(page, 'export');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await run(page, wrongQuery);
  await page.getByText('42703').waitFor();
  await take(page, 'error');

  await page
    .getByRole('treeitem', { name: /^books/ })
    .first()
    .dblclick();
  await page.getByRole('columnheader', { name: /isbn/ }).waitFor();
  await page.getByRole('gridcell').nth(2).click();
  await page.keyboard.press('Alt+S');
  await page.locator('[aria-sort=ascending]').waitFor();
  await page.keyboard.press('ControlOrMeta+F');
  const table = page.getByRole('region', { name: 'Table shop.books' });
  await table.getByRole('textbox', { name: 'Value' }).fill('orchard');
  await page.keyboard.press('Enter');
  await table.getByRole('button', { name: 'Filter (1)' }).waitFor();
  await take(page, 'table');

  if (process.platform === 'linux') await takeConfirmation(page);
} finally {
  await electron.close();
  rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/**
 * Saves connections as the form does.
 * @param {import('playwright').Page} page
 */
async function addProfiles(page) {
  await page.evaluate(async (drafts) => {
    for (const draft of drafts) {
      const envelope = await window.postern.invoke('profile:save', { id: null, draft });
      if (!envelope.ok) throw new Error(envelope.error.message);
    }
  }, profiles);
  await page.reload();
}

/**
 * Shows what belongs to an object of the schema tree.
 * @param {import('playwright').Page} page
 * @param {RegExp} name
 */
async function unfold(page, name) {
  const item = page.getByRole('treeitem', { name }).first();
  await item.click();
  if ((await item.getAttribute('aria-expanded')) !== 'true') await item.press('ArrowRight');
  await page.locator('[role=treeitem][aria-expanded=true]').filter({ hasText: name }).waitFor();
}

/**
 * Replaces the editor's text and runs the statement under the cursor.
 * @param {import('playwright').Page} page
 * @param {string} sql
 */
async function run(page, sql) {
  await page.getByRole('textbox', { name: /SQL/ }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ControlOrMeta+Enter');
}

/**
 * Writes the page as <name>-light.png and <name>-dark.png.
 * @param {import('playwright').Page} page
 * @param {string} name
 */
async function take(page, name) {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset['theme'] === wanted,
      theme,
    );
    const path = join(folder, `${name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    report(path);
  }
}

/**
 * Writes the native dialog that asks before a risky statement as confirmation.png. It is not part of
 * the page, so it is cut out of the whole screen, where X11 says that it is.
 * @param {import('playwright').Page} page
 */
async function takeConfirmation(page) {
  await page.keyboard.press('ControlOrMeta+T');
  await run(page, riskyQuery);
  const id = await dialogWindow();
  const geometry = execFileSync('xdotool', ['getwindowgeometry', '--shell', id], {
    encoding: 'utf8',
  });
  /** @param {string} name */
  const valueOf = (name) => Number(new RegExp(`^${name}=(\\d+)$`, 'mu').exec(geometry)?.[1]);
  const area = {
    x: valueOf('X'),
    y: valueOf('Y'),
    width: valueOf('WIDTH'),
    height: valueOf('HEIGHT'),
  };
  const picture = await electron.evaluate(async ({ desktopCapturer, screen }, rectangle) => {
    const [source] = await desktopCapturer.getSources({
      types: ['screen'],
      thumbnailSize: screen.getPrimaryDisplay().size,
    });
    return source?.thumbnail.crop(rectangle).toPNG().toString('base64') ?? '';
  }, area);
  const path = join(folder, 'confirmation.png');
  writeFileSync(path, Buffer.from(picture, 'base64'));
  report(path);
  // Without a window manager nothing gives the dialog the focus.
  execFileSync('xdotool', ['windowfocus', '--sync', id]);
  execFileSync('xdotool', ['key', 'Escape']);
  await page.getByText('Not run').first().waitFor();
}

/** The X11 window of the confirmation, once it is on the screen and drawn. */
async function dialogWindow() {
  const search = ['search', '--sync', '--onlyvisible', '--name', '^Postern: confirmation$'];
  const id = execFileSync('xdotool', search, { encoding: 'utf8', timeout: 10_000 }).trim();
  // X11 tells nobody when a window of another process has drawn itself.
  await delay(500);
  return id;
}

/**
 * Says how large a picture is and refuses one that is too large.
 * @param {string} path
 */
function report(path) {
  const { size } = statSync(path);
  if (size > largestPicture) throw new Error(`${path} has ${size} bytes.`);
  console.log(`${basename(path)}: ${Math.ceil(size / 1000)} kB`);
}

/**
 * The environment without what names a database or changes how Electron starts.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function withoutDatabases(env) {
  const dropped = /^(?:PG.*|POSTGRES.*|DATABASE_URL|ELECTRON_.*|NODE_OPTIONS)$/u;
  /** @type {Record<string, string>} */
  const kept = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !dropped.test(name)) kept[name] = value;
  }
  return kept;
}
