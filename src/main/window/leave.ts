import { app, type BrowserWindow } from 'electron';
import { windowOf } from './window-of';

/** Whether the app is being quit, until the first window hears of it. */
let isQuitting = false;
/** The windows whose last closing was part of quitting the app. */
const closedByQuitting = new WeakSet<BrowserWindow>();

/** Begins to tell the closing of a window from quitting the app. */
export function watchQuitting(): void {
  app.on('before-quit', () => {
    isQuitting = true;
  });
}

/** Notes why a window closes: a page that keeps it open to ask ends the quitting, too. */
export function watchClosing(window: BrowserWindow): void {
  window.on('close', () => {
    if (isQuitting) closedByQuitting.add(window);
    else closedByQuitting.delete(window);
    isQuitting = false;
  });
}

/**
 * Goes on with what the page of a window has held up to ask: quits the app where that was asked for,
 * and closes the window otherwise. On macOS an app without a window would otherwise stay.
 */
export function leave(webContentsId: number): void {
  const window = windowOf(webContentsId);
  if (window === null) return;
  if (closedByQuitting.has(window)) app.quit();
  else window.close();
}
