import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { filesHolding } from './files-holding';
import { expect, test } from './launch';
import { run } from './query-tab';
import { messagesHolding, recordingEntry } from './tape/message-tape';

test.setTimeout(120_000);

/** Files of the test outside of the application's own folder, which holds none of their secrets. */
const filesBeside = (userDataDir: string) => ({
  passwordFile: `${userDataDir}-pgpass`,
  serviceFile: `${userDataDir}-service.conf`,
  exported: `${userDataDir}-export.json`,
});
test.afterEach(async ({ userDataDir }) => {
  for (const file of Object.values(filesBeside(userDataDir))) await rm(file, { force: true });
});

const newPassword = (): string => randomBytes(12).toString('base64url');

test('a password crosses to main where it is typed, and never comes back', async ({
  launch,
  database,
  userDataDir,
}) => {
  const role = await database.createRole();
  const { host, port } = role.settings;
  const wrong = newPassword();
  const inPasswordFile = newPassword();
  const inServiceFile = newPassword();
  const { passwordFile, serviceFile, exported } = filesBeside(userDataDir);
  await writeFile(passwordFile, `${host}:${port}:postgres:someone:${inPasswordFile}\n`, {
    mode: 0o600,
  });
  await writeFile(
    serviceFile,
    `[ledger]\nhost=${host}\nport=${port}\ndbname=ledger\nuser=nobody\npassword=${inServiceFile}\n`,
  );
  const { window, electron } = await launch({
    entry: recordingEntry,
    env: { PGPASSFILE: passwordFile, PGSERVICEFILE: serviceFile },
  });
  const form = window.getByRole('dialog');
  const password = form.getByLabel('Password', { exact: true });

  await test.step('a wrong one is tested, the right one saved and opened', async () => {
    await window.getByRole('button', { name: 'New connection' }).first().click();
    await form.getByLabel('Name', { exact: true }).fill('Shop');
    await form.getByLabel('Host').fill(host);
    await form.getByLabel('Port').fill(String(port));
    await form.getByLabel('Database').fill(database.name);
    await form.getByLabel('User', { exact: true }).fill(role.name);
    await password.fill(wrong);
    await form.getByRole('button', { name: 'Test connection' }).click();
    await expect(form.getByText('The connection does not work')).toBeVisible();
    await password.fill(role.password);
    await form.getByRole('button', { name: 'Save and connect' }).click();
    await expect(window.getByRole('tree')).toBeVisible();
    await run(window, 'select no_such_column;');
    await expect(window.getByRole('alert')).toContainText('no_such_column');
    await window
      .getByRole('contentinfo')
      .getByRole('button', { name: /answers in/ })
      .click();
    await window.getByRole('button', { name: 'Check now' }).click();
    await window.keyboard.press('Escape');
  });

  await test.step('the form that edits it has a field without it', async () => {
    await window.getByRole('button', { name: 'Connections', exact: true }).click();
    const line = window.getByRole('listitem').filter({ hasText: 'Shop' });
    await line.hover();
    await line.getByRole('button', { name: 'Edit' }).click();
    await expect(form.getByLabel('Host')).toHaveValue(host);
    await expect(password).toHaveValue('');
    await form.getByRole('button', { name: 'Test connection' }).click();
    await expect(form.getByText(/^The connection works/)).toBeVisible();
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form).toBeHidden();
    await line.hover();
    await line.getByRole('button', { name: 'Duplicate' }).click();
    await expect(window.getByRole('button', { name: 'Shop copy' })).toBeVisible();
  });

  await test.step('files are read and written without any', async () => {
    for (const [item, count] of [
      [/pg_service/, '1 connection'],
      [/\.pgpass/, '1 connection'],
    ] as const) {
      await window.getByRole('button', { name: 'Import and export' }).click();
      await window.getByRole('menuitem', { name: item }).click();
      await form.getByRole('button', { name: `Import ${count}` }).click();
      await expect(form).toBeHidden();
    }
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, exported);
    await window.getByRole('button', { name: 'Import and export' }).click();
    await window.getByRole('menuitem', { name: /Export connections/ }).click();
    await form.getByRole('button', { name: /^Export/ }).click();
    await expect.poll(() => readFile(exported, 'utf8').catch(() => '')).toContain('ledger');
  });

  expect(await messagesHolding(electron, wrong)).toEqual(['request profile:test']);
  expect(await messagesHolding(electron, role.password)).toEqual(['request profile:save']);
  const written = await readFile(exported, 'utf8');
  for (const secret of [role.password, wrong, inPasswordFile, inServiceFile]) {
    expect(written).not.toContain(secret);
    expect(await filesHolding(secret, userDataDir)).toEqual([]);
  }
  for (const secret of [inPasswordFile, inServiceFile]) {
    expect(await messagesHolding(electron, secret)).toEqual([]);
  }
});

test('a password in SQL stays in the text that holds it, also when the window crashes', async ({
  launch,
  database,
  userDataDir,
}) => {
  const role = await database.createRole('CREATEROLE');
  const { host, port } = role.settings;
  const secret = newPassword();
  const url = `postgres://${role.name}:${role.password}@${host}:${port}/${database.name}`;
  const { window, electron, problems } = await launch({
    entry: recordingEntry,
    env: { DATABASE_URL: url },
  });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await expect(window.getByRole('tree')).toBeVisible();

  await test.step('the server repeats it in the context of an error', async () => {
    await answerQuestions(electron, 'Run');
    await run(
      window,
      `do $$ begin execute 'create role temp password ''${secret}'' valid until ''never'''; end $$;`,
    );
    const error = window.getByRole('alert');
    await expect(error).toContainText('never');
    await expect(error).toContainText(secret);
  });

  await test.step('on disk it is in the tabs of the connection alone', async () => {
    await expect.poll(() => filesHolding(secret, userDataDir)).not.toEqual([]);
    const [file = '', ...others] = await filesHolding(secret, userDataDir);
    expect(file).toMatch(/^workspaces[/\\]/);
    expect(others).toEqual([]);
    if (process.platform !== 'win32') {
      expect((await stat(join(userDataDir, file))).mode & 0o077).toBe(0);
    }
  });

  await test.step('a crash of the window leaves no picture of its memory', async () => {
    await run(window, 'begin;');
    await expect(window.getByRole('button', { name: 'Commit' })).toBeVisible();
    const crashed = window.waitForEvent('crash');
    await crashWindow(electron);
    await crashed;
    expect(problems.splice(0)).toEqual(['renderer: the process crashed']);
    await expect.poll(() => textOfWindow(electron)).toContain('The window failed and was loaded');
    await expect
      .poll(async () => {
        const { rows } = await database.query(
          `SELECT FROM pg_stat_activity WHERE usename = $1 AND state LIKE 'idle in%'`,
          [role.name],
        );
        return rows.length;
      })
      .toBe(0);
    const dumps = await electron.evaluate(({ app }) => app.getPath('crashDumps'));
    expect(dumps.startsWith(userDataDir)).toBe(true);
    for (const text of [secret, role.password]) {
      const files = await filesHolding(text, userDataDir);
      expect(files.filter((name) => !name.startsWith('workspaces'))).toEqual([]);
    }
    const log = await readFile(join(userDataDir, 'logs', 'main.log'), 'utf8');
    expect(log).toMatch(/The process of the window has ended: (?:crashed|killed)/);
  });

  const messages = await messagesHolding(electron, secret);
  expect(messages).toContain('request query:run');
  // The text itself, and what the server said of it: no list, no event, nothing of another call.
  const ownText = ['query:', 'workspace:'];
  expect(messages.filter((name) => !ownText.some((group) => name.includes(` ${group}`)))).toEqual(
    [],
  );
  expect(await messagesHolding(electron, role.password)).toEqual([]);

  await test.step('a window that fails again at once is not loaded without a question', async () => {
    await answerQuestions(electron, 'Quit');
    const exited = new Promise((resolve) => electron.process().once('exit', resolve));
    await crashWindow(electron);
    expect(await exited).toBe(0);
    problems.splice(0);
  });
});

/** Answers whatever the application asks in a native dialog by the button of this name. */
async function answerQuestions(electron: ElectronApplication, answer: string): Promise<void> {
  await electron.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = ((_window: unknown, { buttons = [] }: { buttons?: string[] }) =>
      Promise.resolve({
        response: buttons.indexOf(button),
        checkboxChecked: false,
      })) as typeof dialog.showMessageBox;
  }, answer);
}

async function crashWindow(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

/** What the window shows; Playwright gives a page up that has crashed. */
function textOfWindow(electron: ElectronApplication): Promise<string> {
  return electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return '';
    return String(await contents.executeJavaScript('document.body.innerText'));
  });
}
