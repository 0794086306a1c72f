import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeKeyPair, startSshServer } from '../integration/ssh/ssh-server';
import { TcpProxy } from '../integration/tcp-proxy';
import { filesHolding } from './files-holding';
import { expect, test } from './launch';
import { NativeDialog } from './native-dialog';
import { paste, profileLine } from './connection-form';
import { run } from './query-tab';

const questionTitle = 'Postern: unknown SSH host';

test.setTimeout(120_000);

test('a connection leads through an SSH host once its key is trusted', async ({
  launch,
  database,
  userDataDir,
}) => {
  const passphrase = randomBytes(12).toString('hex');
  const key = makeKeyPair('ed25519', passphrase);
  const server = await startSshServer();
  const network = await TcpProxy.start(server);
  server.authorize(key.public);
  const role = await database.createRole();
  const { host, port } = role.settings;
  const first = await launch();
  const { window } = first;
  const form = window.getByRole('dialog');
  const result = form.getByRole('region', { name: 'Result of the test' });
  const tryIt = form.getByRole('button', { name: 'Test connection' });

  await test.step('each field of the tunnel says what is missing', async () => {
    await paste(
      window,
      `postgres://${role.name}:${role.password}@${host}:${port}/${database.name}`,
    );
    await form.getByRole('switch', { name: 'SSH tunnel' }).click();
    await form.getByLabel('Authenticate with').click();
    await window.getByRole('option', { name: 'Private key file' }).click();
    await tryIt.click();
    await expect(form.getByLabel('SSH host')).toHaveAccessibleDescription(/^Enter the name/);
    await expect(form.getByLabel('SSH user')).toHaveAccessibleDescription(/^Enter your user/);
    await expect(form.getByLabel('Private key', { exact: true })).toHaveAccessibleDescription(
      /^Enter the path/,
    );
  });

  await test.step('the key of an unknown host is asked about, and Cancel is the default', async () => {
    await form.getByLabel('SSH host').fill(server.host);
    await form.getByLabel('SSH port').fill(String(network.port));
    await form.getByLabel('SSH user').fill(server.user);
    const path = server.file('id_ed25519', key.private);
    // The dialog of the system cannot be typed into on every desktop: it answers with this path.
    await first.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
    await form.getByRole('button', { name: 'Choose a file: Private key' }).click();
    await expect(form.getByLabel('Private key', { exact: true })).toHaveValue(path);
    await form.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await tryIt.click();
    const question = await NativeDialog.appears(questionTitle);
    await question.press('Return');
    await question.disappears();
    await expect(result.getByText(/shows a host key that was not trusted/).first()).toBeVisible();
  });

  await test.step('trusted, every step of the test works', async () => {
    await tryIt.click();
    const question = await NativeDialog.appears(questionTitle);
    await question.press('Tab', 'Return');
    await question.disappears();
    await expect(result.getByText(/^The connection works/)).toBeVisible();
    await expect(result.getByText(/private key, host key ED25519 SHA256:/)).toBeVisible();
  });

  await test.step('it opens without a question, and says where it leads through', async () => {
    await form.getByLabel('Name', { exact: true }).fill('Tunnelled');
    await form.getByRole('button', { name: 'Save and connect' }).click();
    await expect(window.getByRole('tree')).toBeVisible();
    await run(window, 'select 20 + 22 as answer;');
    await expect(window.getByRole('gridcell', { name: '42', exact: true })).toBeVisible();
    await expect(window.getByLabel('Connection status')).toContainText(`via ${server.host}`);
  });
  await first.close();

  await test.step('the keychain gives the passphrase after a restart, and one that was changed is asked for', async () => {
    const second = await launch();
    await profileLine(second.window, 'Tunnelled').dblclick();
    await expect(second.window.getByRole('tree')).toBeVisible();

    const changed = makeKeyPair('ed25519', 'another passphrase');
    server.authorize(changed.public);
    server.file('id_ed25519', changed.private);
    network.cut();
    const lost = second.window.getByRole('region', { name: 'Connection lost' });
    await lost
      .getByLabel(`SSH password or passphrase for ${server.host}`)
      .fill('another passphrase');
    await lost.getByRole('button', { name: 'Reconnect' }).click();
    await expect(lost).toBeHidden();
    await run(second.window, 'select 20 + 23 as answer;');
    await expect(second.window.getByRole('gridcell', { name: '43', exact: true })).toBeVisible();
    await second.close();
  });
  expect(await filesHolding(passphrase, userDataDir)).toEqual([]);
  expect(await filesHolding('another passphrase', userDataDir)).toEqual([]);
  expect(await readFile(join(userDataDir, 'known_hosts'), 'utf8')).toMatch(
    /^\|1\|\S+ ssh-ed25519 \S+\n$/,
  );
  await network.close();
  await server.stop();
});
