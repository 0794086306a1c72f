import { app, type BrowserWindow } from 'electron';
import { askAfterFailure } from '../dialogs/window-failure';

/** A page that fails again so soon would go on failing. Milliseconds. */
const patienceMs = 10_000;

export interface PageFailureOptions {
  /** Told why the process of the page has ended; the page is loaded again once it resolves. */
  readonly onGone: (reason: string) => Promise<void>;
  readonly load: () => Promise<void>;
}

/**
 * Loads the page of a window again when its process has ended by itself, as by a crash or for lack of
 * memory: an empty window would be left otherwise. When that happens again soon, a person decides.
 */
export function watchPageFailure(window: BrowserWindow, options: PageFailureOptions): void {
  let failedAt = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const isRepeated = performance.now() - failedAt < patienceMs;
    failedAt = performance.now();
    void recover(window, reason, isRepeated, options);
  });
}

async function recover(
  window: BrowserWindow,
  reason: string,
  isRepeated: boolean,
  { onGone, load }: PageFailureOptions,
): Promise<void> {
  await onGone(reason);
  if (window.isDestroyed()) return;
  if (isRepeated && (await askAfterFailure(window)) === 'quit') app.quit();
  else await load();
}
