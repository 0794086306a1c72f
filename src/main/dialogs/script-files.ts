import { dialog } from 'electron';
import { safeFileName } from '../services/export/file-name';
import { windowOf } from '../window/window-of';

const filters = [
  { name: 'SQL', extensions: ['sql', 'psql', 'pgsql', 'ddl', 'txt'] },
  { name: 'All files', extensions: ['*'] },
];

/** Asks which files to open; none when the person cancelled. */
export async function chooseScripts(webContentsId: number): Promise<readonly string[]> {
  const window = windowOf(webContentsId);
  if (window === null) return [];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open SQL files',
    filters,
    properties: ['openFile', 'multiSelections'],
  });
  return canceled ? [] : filePaths;
}

/**
 * Asks where to save a text; null when the person cancelled. The system's dialog asks before an
 * existing file is replaced.
 */
export async function chooseScriptTarget(
  webContentsId: number,
  suggestedName: string,
): Promise<string | null> {
  const window = windowOf(webContentsId);
  if (window === null) return null;
  const name = safeFileName(suggestedName);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save SQL file',
    defaultPath: /\.\w+$/u.test(name) ? name : `${name}.sql`,
    filters,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === undefined || filePath === '' ? null : filePath;
}
