import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { appUrl } from './app-protocol';

/** Where `electron-vite dev` serves the renderer with hot reload; undefined in a build. */
const developmentUrl = process.env['ELECTRON_RENDERER_URL'];

/** Elsewhere the window has the icon of the executable. A packaged application has the file too. */
const icon =
  process.platform === 'linux' ? { icon: join(__dirname, '../../resources/icons/256.png') } : {};

export interface WindowBounds {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

/** The app's window: sandboxed, isolated, without Node, shown once it has something to show. */
export function createMainWindow(options: {
  isDevelopment: boolean;
  bounds: WindowBounds;
}): BrowserWindow {
  const window = new BrowserWindow({
    ...options.bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Postern',
    ...icon,
    // The window's first colour is the page's, so that nothing flashes before the first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181b' : '#f3f4f5',
    webPreferences: {
      preload: join(__dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: options.isDevelopment,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/**
 * Loads the renderer. Raises when the page cannot be loaded; that a window which is being closed stops
 * loading is no failure.
 */
export async function loadRenderer(window: BrowserWindow, isDevelopment: boolean): Promise<void> {
  let isClosing = false;
  const noteClosing = (): void => void (isClosing = true);
  window.once('close', noteClosing);
  try {
    await window.loadURL(isDevelopment && developmentUrl !== undefined ? developmentUrl : appUrl);
  } catch (error) {
    if (!isClosing) throw error;
  } finally {
    window.off('close', noteClosing);
  }
}

/** The origins whose pages may call main. */
export function trustedOrigins(isDevelopment: boolean, appOrigin: string): string[] {
  return isDevelopment && developmentUrl !== undefined
    ? [appOrigin, new URL(developmentUrl).origin]
    : [appOrigin];
}
