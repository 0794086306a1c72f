import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { TestRole } from '../integration/database';
import { lines, paste, profileLine } from './connection-form';
import { filesHolding } from './files-holding';
import { expect, test } from './launch';
import { editor, run, type } from './query-tab';

test.setTimeout(120_000);

const urlOf = ({ settings, name, password }: TestRole): string =>
  `postgres://${name}:${password}@${settings.host}:${settings.port}/${settings.database}`;

test('a pasted URL becomes a saved connection that opens again without its password', async ({
  launch,
  database,
  userDataDir,
}) => {
  const role = await database.createRole();
  const first = await launch();
  const { window } = first;
  const form = window.getByRole('dialog');

  await test.step('the URL fills the form in', async () => {
    await paste(window, urlOf(role));
    await expect(form.getByLabel('Host')).toHaveValue(role.settings.host);
    await expect(form.getByLabel('Port')).toHaveValue(String(role.settings.port));
    await expect(form.getByLabel('Database')).toHaveValue(database.name);
    await expect(form.getByLabel('User', { exact: true })).toHaveValue(role.name);
    await expect(form.getByLabel('Password', { exact: true })).toHaveValue(role.password);
    await expect(form.getByLabel('Password is kept')).toContainText('In the keychain');
  });

  await test.step('the test shows each step', async () => {
    await form.getByRole('button', { name: 'Test connection' }).click();
    const result = form.getByRole('region', { name: 'Result of the test' });
    await expect(result.getByText(/^The connection works/)).toBeVisible();
    for (const step of ['Connect', 'Encrypt', 'Sign in', 'Ask for the version']) {
      await expect(result.getByText(step, { exact: true })).toBeVisible();
    }
    await expect(result.getByText(/^PostgreSQL \d+/)).toBeVisible();
  });

  await test.step('saved, it is open and runs a statement', async () => {
    await form.getByLabel('Name', { exact: true }).fill('Shop');
    await form.getByRole('button', { name: 'Save and connect' }).click();
    await expect(window.getByRole('tree')).toBeVisible();
    await run(window, `select 20 + 22 as answer, current_user as who;`);
    await expect(window.getByRole('gridcell', { name: '42', exact: true })).toBeVisible();
    await expect(window.getByRole('gridcell', { name: role.name })).toBeVisible();
  });
  expect(await filesHolding(role.password, userDataDir)).toEqual([]);
  await first.close();
  expect(await filesHolding(role.password, userDataDir)).toEqual([]);

  await test.step('after a restart it is there and asks for nothing', async () => {
    const second = await launch();
    await profileLine(second.window, 'Shop').dblclick();
    await expect(second.window.getByRole('tree')).toBeVisible();
    await second.close();
  });
  expect(await filesHolding(role.password, userDataDir)).toEqual([]);
});

test('what is pasted fills the form in at once, and its password is nowhere to be seen', async ({
  app,
}) => {
  const { window } = app;
  const pasteInto = (field: Locator, text: string) =>
    field.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
  const visible = () =>
    window.evaluate(() =>
      [...document.querySelectorAll('input')]
        .filter(({ type }) => type !== 'password')
        .map(({ value }) => value)
        .join('\n'),
    );
  const form = window.getByRole('dialog');
  const lines = (user: string) =>
    `# local\nDB_HOST=db.example # here\nexport DB_USER=${user}\nDB_PASSWORD="hunter 2"\nDB_NAME=shop\n`;

  await pasteInto(window.getByRole('textbox', { name: 'Paste a connection URL' }), lines('ann'));
  await expect(form.getByLabel('Host')).toHaveValue('db.example');
  await expect(form.getByLabel('User', { exact: true })).toHaveValue('ann');
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('hunter 2');

  await pasteInto(form.getByLabel('Host'), lines('bob'));
  await expect(form.getByLabel('User', { exact: true })).toHaveValue('bob');
  await pasteInto(form.getByLabel('Host'), 'postgres://ann:hunter%2@h/d');
  await expect(form.getByLabel('Host')).toHaveAccessibleDescription(/percent|%25/);
  await expect(form.getByLabel('Host')).toHaveValue('db.example');
  expect(await visible()).not.toContain('hunter');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Discard' }).click();
});

test('a wrong password is told beside its field, and a mended one connects', async ({
  app,
  database,
}) => {
  const { window } = app;
  const role = await database.createRole();
  const form = window.getByRole('dialog');
  await paste(window, urlOf({ ...role, password: 'not-the-password' }));
  await form.getByRole('button', { name: 'Test connection' }).click();
  const password = form.getByLabel('Password', { exact: true });
  // What to do is told once, with the result.
  await expect(password).toHaveAccessibleDescription(
    /^password authentication failed for user "[^"]+"$/,
  );
  await expect(form.getByText(/Check the password of user/)).toHaveCount(1);
  await expect(password).toBeFocused();
  await expect(form.getByText('The connection does not work')).toBeVisible();

  await form.getByRole('button', { name: 'Save and connect' }).click();
  const line = profileLine(window, database.name);
  await expect(line).toBeVisible();
  await window.getByRole('button', { name: 'Edit the connection' }).click();
  await expect(password).toHaveAccessibleDescription(/Check the password of user/);
  await password.fill(role.password);
  await form.getByRole('button', { name: 'Save and connect' }).click();
  await expect(window.getByRole('tree')).toBeVisible();
});

test('a test that takes long is cancelled by its button, by Esc and with the form', async ({
  app,
}) => {
  const { window } = app;
  const links = new Set<Socket>();
  const silent = createServer((socket) => {
    links.add(socket);
    socket.resume().once('close', () => links.delete(socket));
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const form = window.getByRole('dialog');
  const tryIt = form.getByRole('button', { name: 'Test connection' });
  const begin = async (): Promise<void> => {
    await tryIt.click();
    await expect(form.getByText('Testing…')).toBeVisible();
    await expect.poll(() => links.size).toBe(1);
  };
  const expectEnded = async (): Promise<void> => {
    await expect(form.getByText('Testing…')).toBeHidden();
    await expect.poll(() => links.size).toBe(0);
  };
  await paste(window, `postgres://ann:secret@127.0.0.1:${port}/shop`);

  await test.step('by its button, and the focus is where it can be tested again', async () => {
    await begin();
    await form.getByRole('button', { name: 'Cancel the test' }).click();
    await expectEnded();
    await expect(tryIt).toBeFocused();
    await expect(form.getByRole('region', { name: 'Result of the test' })).toBeHidden();
  });

  await test.step('by Esc, which leaves the form as it is', async () => {
    await begin();
    await form.getByLabel('Host').focus();
    await window.keyboard.press('Escape');
    await expectEnded();
    await expect(form.getByLabel('Host')).toHaveValue('127.0.0.1');
  });

  await test.step('with the form', async () => {
    await begin();
    await form.getByRole('button', { name: 'Cancel', exact: true }).click();
    await window.getByRole('button', { name: 'Discard' }).click();
    await expectEnded();
  });
  silent.close();
});

test('connections are ordered, put in folders, copied, deleted and brought back', async ({
  launch,
  database,
}) => {
  const role = await database.createRole();
  const first = await launch();
  const { window } = first;
  for (const name of ['Alpha', 'Beta']) await save(window, role, { name });
  await save(window, role, { name: 'Gamma', folder: 'Archive' });
  await expect(names(window)).toHaveText(['Alpha', 'Beta', 'Gamma']);

  await test.step('by the keyboard, also into a folder', async () => {
    await profileLine(window, 'Beta').focus();
    await window.keyboard.press('Alt+ArrowUp');
    await expect(names(window)).toHaveText(['Beta', 'Alpha', 'Gamma']);
    await profileLine(window, 'Alpha').focus();
    await window.keyboard.press('Alt+ArrowDown');
    await expect(folderItems(window, 'Archive')).toHaveText(['Alpha', 'Gamma']);
    await expect(profileLine(window, 'Alpha')).toBeFocused();
  });

  await test.step('the list is one stop of Tab, and the menu key shows the rest', async () => {
    const { keyboard } = window;
    await window.getByRole('button', { name: 'New', exact: true }).focus();
    await keyboard.press('Tab');
    await expect(profileLine(window, 'Alpha')).toBeFocused();
    await keyboard.press('ArrowUp');
    await expect(window.getByRole('button', { name: /^Archive/ })).toBeFocused();
    await keyboard.press('Home');
    await expect(profileLine(window, 'Beta')).toBeFocused();
    await keyboard.press('Shift+Tab');
    await expect(window.getByRole('button', { name: 'New', exact: true })).toBeFocused();
    await keyboard.press('Tab');
    await expect(profileLine(window, 'Beta')).toBeFocused();
    await keyboard.press('Tab');
    await expect(window.getByRole('group', { name: 'Saved connections' })).toBeVisible();
    await expect(window.locator('[role=group] :focus')).toHaveCount(0);
    await profileLine(window, 'Beta').focus();
    await keyboard.press('Shift+F10');
    await expect(window.getByRole('menuitem', { name: 'Delete' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(profileLine(window, 'Beta')).toBeFocused();
  });

  await test.step('by dragging', async () => {
    await profileLine(window, 'Gamma').dragTo(profileLine(window, 'Beta'), {
      targetPosition: { x: 60, y: 4 },
    });
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Alpha']);
    await expect(folderItems(window, 'Archive')).toHaveText(['Alpha']);
  });

  await test.step('a copy has the password of its original', async () => {
    await profileLine(window, 'Beta').focus();
    await window.keyboard.press('Control+d');
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy', 'Alpha']);
    await profileLine(window, 'Beta copy').press('Delete');
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Alpha']);
    await profileLine(window, 'Beta').hover();
    await window
      .getByRole('listitem')
      .filter({ has: profileLine(window, 'Beta') })
      .getByRole('button', { name: 'Duplicate' })
      .click();
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy', 'Alpha']);
    await profileLine(window, 'Beta copy').dblclick();
    await expect(window.getByRole('tree')).toBeVisible();
    await window.getByRole('button', { name: 'Connections', exact: true }).click();
  });

  await test.step('deleted, and back by undo', async () => {
    await profileLine(window, 'Gamma').focus();
    await window.keyboard.press('Delete');
    await expect(names(window)).toHaveText(['Beta', 'Beta copy', 'Alpha']);
    await expect(profileLine(window, 'Beta')).toBeFocused();
    await window.getByRole('button', { name: 'Undo' }).last().click();
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy', 'Alpha']);
    await expect(profileLine(window, 'Gamma')).toBeFocused();
  });

  await test.step('into a folder by the menu, and back by undo', async () => {
    await profileLine(window, 'Gamma').click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Move to folder' }).press('ArrowRight');
    await window.getByRole('menuitemradio', { name: 'Archive' }).click();
    await expect(folderItems(window, 'Archive')).toHaveText(['Alpha', 'Gamma']);
    await expect(profileLine(window, 'Beta')).toBeFocused();
    await window.getByRole('button', { name: 'Undo' }).last().click();
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy', 'Alpha']);
  });

  await test.step('into a new folder, which is taken apart, and back by undo', async () => {
    await profileLine(window, 'Beta copy').click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Move to folder' }).press('ArrowRight');
    await window.getByRole('menuitem', { name: 'New folder…' }).click();
    await window.getByRole('dialog').getByLabel('Name').fill('Fresh');
    await window.keyboard.press('Enter');
    await expect(folderItems(window, 'Fresh')).toHaveText(['Beta copy']);
    await window.getByRole('button', { name: /^Fresh/ }).click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Take the folder apart' }).click();
    await expect(folderItems(window, 'Fresh')).toHaveCount(0);
    await window.getByRole('button', { name: 'Undo' }).last().click();
    await expect(folderItems(window, 'Fresh')).toHaveText(['Beta copy']);
    await window.getByRole('button', { name: /^Fresh/ }).click({ button: 'right' });
    await window.getByRole('menuitem', { name: 'Take the folder apart' }).click();
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy', 'Alpha']);
  });

  await test.step('a folded folder and the order outlive a restart', async () => {
    await window.getByRole('button', { name: /^Archive/ }).click();
    await expect(names(window)).toHaveText(['Gamma', 'Beta', 'Beta copy']);
    await first.close();
    const second = await launch();
    await expect(names(second.window)).toHaveText(['Gamma', 'Beta', 'Beta copy']);
    await second.window.getByRole('button', { name: /^Archive/ }).click();
    await expect(folderItems(second.window, 'Archive')).toHaveText(['Alpha']);
  });
});

test('a service file is imported with its password, without showing it', async ({
  launch,
  database,
  userDataDir,
}) => {
  const role = await database.createRole();
  const { host, port } = role.settings;
  const file = join(userDataDir, '..', `${basename(userDataDir)}.conf`);
  await writeFile(
    file,
    `[shop]\nhost=${host}\nport=${port}\ndbname=${database.name}\nuser=${role.name}\npassword=${role.password}\n[bad]\nport=none\n`,
  );
  try {
    const { window } = await launch({ env: { PGSERVICEFILE: file } });
    await window.getByRole('button', { name: 'Import and export' }).click();
    await window.getByRole('menuitem', { name: /pg_service/ }).click();
    const dialog = window.getByRole('dialog', { name: 'Import connections' });
    await expect(dialog.getByText('The port is not a number')).toBeVisible();
    expect(await window.content()).not.toContain(role.password);
    await dialog.getByRole('button', { name: 'Import 1 connection' }).click();
    await profileLine(window, 'shop').dblclick();
    await expect(window.getByRole('tree')).toBeVisible();
    expect(await filesHolding(role.password, userDataDir)).toEqual([]);
  } finally {
    await rm(file);
  }
});

test('DATABASE_URL is offered by its name and opens', async ({ launch, database }) => {
  const role = await database.createRole();
  const { window, userDataDir } = await launch({ env: { DATABASE_URL: urlOf(role) } });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await run(window, 'select current_user as who;');
  await expect(window.getByRole('gridcell', { name: role.name })).toBeVisible();
  expect(await filesHolding(role.password, userDataDir)).toEqual([]);
});

test('a password that is changed while a connection is open is asked for again', async ({
  launch,
  database,
}) => {
  const role = await database.createRole();
  const { window } = await launch({ env: { DATABASE_URL: urlOf(role) } });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await run(window, 'select 20 + 22 as answer;');
  await expect(window.getByRole('gridcell', { name: '42', exact: true })).toBeVisible();

  await database.query(`ALTER ROLE ${role.name} PASSWORD 'changed "one" ß'`);
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role.name}'`,
  );
  const lost = window.getByRole('region', { name: 'Connection lost' });
  await expect(lost).toContainText('It is not tried again by itself');
  const password = lost.getByLabel(`Password of ${role.name}`);
  await password.fill('not this one');
  await password.press('Enter');
  await expect(password).toHaveValue('');
  await expect(lost).toContainText('It is not tried again by itself');
  await password.fill('changed "one" ß');
  await password.press('Enter');
  await expect(lost).toBeHidden();
  await run(window, 'select 20 + 23 as answer;');
  await expect(window.getByRole('gridcell', { name: '43', exact: true })).toBeVisible();
});

test('a connection that is edited while it is open takes over its warnings, and says what waits', async ({
  app,
  database,
}) => {
  const { window } = app;
  const [one, two] = [await database.createRole(), await database.createRole()];
  const form = window.getByRole('dialog');
  await save(window, one, { name: 'Shop' });
  await profileLine(window, 'Shop').dblclick();
  await expect(window.getByRole('tree')).toBeVisible();
  await window.getByRole('button', { name: 'Connections', exact: true }).click();

  await profileLine(window, 'Shop').press('F2');
  await form.getByLabel('Name', { exact: true }).fill('Shop two');
  await form.getByLabel('User', { exact: true }).fill(two.name);
  await form.getByLabel('Password', { exact: true }).fill(two.password);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  const toasts = window.getByRole('region', { name: /^Notifications/ });
  await expect(toasts).toContainText('“Shop two” is open with its earlier settings.');
  await window.getByRole('button', { name: 'Open again' }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await run(window, 'select current_user as who;');
  await expect(window.getByRole('gridcell', { name: two.name })).toBeVisible();

  await window.getByRole('button', { name: 'Connections', exact: true }).click();
  await profileLine(window, 'Shop two').press('F2');
  await form.getByLabel('Name', { exact: true }).fill('Shop three');
  await form.getByRole('button', { name: 'Save and connect' }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await expect(window.getByText('Shop three').first()).toBeVisible();
  await expect(toasts.getByText(/earlier settings/)).toHaveCount(0);
});

test('typed text survives a crash', async ({ launch, database }) => {
  const role = await database.createRole();
  const env = { DATABASE_URL: urlOf(role) };
  const first = await launch({ env });
  await first.window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(first.window.getByRole('tree')).toBeVisible();
  await type(first.window, '-- not yet run\nselect 1 as precious_text;');
  await expect
    .poll(async () => (await filesHolding('precious_text', first.userDataDir)).length)
    .toBeGreaterThan(0);
  await first.kill();

  const second = await launch({ env });
  await second.window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(editor(second.window)).toContainText('select 1 as precious_text;');
});

test('quitting asks while a transaction is open, and ends once confirmed', async ({
  launch,
  database,
}) => {
  const role = await database.createRole();
  const app = await launch({ env: { DATABASE_URL: urlOf(role) } });
  const { window, electron } = app;
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();
  await run(window, 'begin;');
  const status = window.getByRole('contentinfo', { name: 'Connection status' });
  await expect(status.getByText('Transaction open')).toBeVisible();

  const question = window.getByRole('alertdialog');
  await electron.evaluate(({ app: running }) => running.quit());
  await expect(question).toContainText('Closing rolls back 1 open transaction.');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();

  const exited = new Promise((resolve) => electron.process().once('exit', resolve));
  await electron.evaluate(({ app: running }) => running.quit());
  await question.getByRole('button', { name: 'Close', exact: true }).click();
  expect(await exited).toBe(0);
});

test('closing the window asks while a form is not saved, and keeps what was typed', async ({
  launch,
}) => {
  const { window, electron } = await launch();
  const form = window.getByRole('dialog', { name: 'New connection' });
  const question = window.getByRole('alertdialog');
  await window.keyboard.press('Control+n');
  await form.getByLabel('Name', { exact: true }).fill('Half done');

  await electron.evaluate(({ app: running }) => running.quit());
  await expect(question).toContainText('form of the connection is not saved');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Half done');
  await window.keyboard.press('Escape');
  await expect(question).toContainText('not saved');
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(form).toBeHidden();

  // Nothing is left to ask about.
  const exited = new Promise((resolve) => electron.process().once('exit', resolve));
  await electron.evaluate(({ app: running }) => running.quit());
  expect(await exited).toBe(0);
});

async function save(
  window: Page,
  role: TestRole,
  { name, folder = '' }: { name: string; folder?: string },
): Promise<void> {
  await paste(window, urlOf(role));
  const form = window.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Folder').fill(folder);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form).toBeHidden();
}

const names = (window: Page): Locator => lines(window).locator('[data-name]');
const folderItems = (window: Page, folder: string): Locator =>
  lines(window.getByRole('list', { name: folder })).locator('[data-name]');
