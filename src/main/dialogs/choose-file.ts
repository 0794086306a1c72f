import { join } from 'node:path';
import { app, dialog, shell, type FileFilter } from 'electron';
import type { ExportFormat } from '@shared/models/export';
import { safeFileName } from '../services/export/file-name';
import { windowOf } from '../window/window-of';

const filters: Readonly<Record<ExportFormat, FileFilter>> = {
  csv: { name: 'Comma-separated values', extensions: ['csv'] },
  tsv: { name: 'Tab-separated values', extensions: ['tsv', 'txt'] },
  json: { name: 'JSON', extensions: ['json'] },
  ndjson: { name: 'Newline-delimited JSON', extensions: ['ndjson', 'jsonl'] },
  insert: { name: 'SQL', extensions: ['sql'] },
  markdown: { name: 'Markdown', extensions: ['md'] },
  xlsx: { name: 'Excel workbook', extensions: ['xlsx'] },
};

/**
 * Asks where to save, in a native dialog of the window that wants to. The system's dialog asks before
 * an existing file is replaced. Null when the person cancels, or the window is gone.
 */
export async function chooseFileIn(
  webContentsId: number,
  { format, suggestedName }: { format: ExportFormat; suggestedName: string },
): Promise<string | null> {
  const window = windowOf(webContentsId);
  if (window === null) return null;
  const filter = filters[format];
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export',
    buttonLabel: 'Export',
    defaultPath: join(
      app.getPath('downloads'),
      `${safeFileName(suggestedName)}.${filter.extensions[0] ?? format}`,
    ),
    filters: [filter, { name: 'All files', extensions: ['*'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === undefined || filePath === '' ? null : filePath;
}

/** Shows a file that the app has written in the system's file manager. */
export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}
