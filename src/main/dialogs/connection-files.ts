import { dialog } from 'electron';
import { windowOf } from '../window/window-of';

const filters = [
  { name: 'Connections of Postern', extensions: ['json'] },
  { name: 'All files', extensions: ['*'] },
];

/** Asks for the file to import connections from; null when the person cancelled. */
export async function chooseImportFile(webContentsId: number): Promise<string | null> {
  const window = windowOf(webContentsId);
  if (window === null) return null;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import connections',
    buttonLabel: 'Import',
    filters,
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for the file to export connections to; null when the person cancelled. */
export async function chooseExportFile(webContentsId: number): Promise<string | null> {
  const window = windowOf(webContentsId);
  if (window === null) return null;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export connections',
    buttonLabel: 'Export',
    defaultPath: 'postern-connections.json',
    filters,
    properties: ['showOverwriteConfirmation'],
  });
  return canceled || filePath === undefined || filePath === '' ? null : filePath;
}
