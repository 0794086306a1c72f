import { BrowserWindow, webContents } from 'electron';

/** The window that shows a page, by the id of its web contents; null when it is gone. */
export function windowOf(webContentsId: number): BrowserWindow | null {
  const contents = webContents.fromId(webContentsId);
  return contents === undefined ? null : BrowserWindow.fromWebContents(contents);
}
