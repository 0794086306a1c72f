import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { KeyFileKind } from '@shared/models/connection-profile';
import { windowOf } from '../window/window-of';

const titles: Readonly<Record<KeyFileKind, string>> = {
  'ssh-key': 'Choose the private key for SSH',
  'root-certificate': 'Choose the root certificate',
  'client-certificate': 'Choose the client certificate',
  'client-key': 'Choose the key of the client certificate',
};

/**
 * Asks for the file of a key or a certificate; null when the person cancelled. Only its path goes
 * to the page. Such files have all kinds of extensions or none, and lie in hidden folders: all are shown.
 */
export async function chooseKeyFile(
  webContentsId: number,
  kind: KeyFileKind,
): Promise<string | null> {
  const window = windowOf(webContentsId);
  if (window === null) return null;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: titles[kind],
    buttonLabel: 'Choose',
    ...(kind === 'ssh-key' && { defaultPath: join(app.getPath('home'), '.ssh') }),
    properties: ['openFile', 'showHiddenFiles'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
