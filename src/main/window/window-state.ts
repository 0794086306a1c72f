import { screen, type BrowserWindow, type Rectangle } from 'electron';
import ElectronStore from 'electron-store';
import type { WindowBounds } from './main-window';

const firstBounds: WindowBounds = { width: 1280, height: 800 };

interface StoredState {
  readonly bounds?: Rectangle;
  readonly isMaximized?: boolean;
}

/** Remembers where the window was. A damaged file costs a window's place, so it is simply replaced. */
export class WindowState {
  readonly #store: ElectronStore<StoredState>;

  constructor(folder: string) {
    this.#store = new ElectronStore({ name: 'window', cwd: folder, clearInvalidConfig: true });
  }

  /** The last bounds, unless the display that they were on is gone. */
  bounds(): WindowBounds {
    const stored = this.#store.get('bounds');
    return stored !== undefined && isReachable(stored) ? stored : firstBounds;
  }

  /** Restores the maximised state and keeps what the person makes of the window. */
  follow(window: BrowserWindow): void {
    if (this.#store.get('isMaximized') === true) window.maximize();
    window.on('close', () => {
      this.#store.set({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
    });
  }
}

/** Enough of the title bar must be on a display to take hold of it. */
function isReachable({ x, y, width, height }: Rectangle): boolean {
  const graspable = 100;
  return screen.getAllDisplays().some(({ workArea }) => {
    const visibleWidth = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const isTopInside = y >= workArea.y && y < workArea.y + workArea.height - graspable / 2;
    return visibleWidth >= graspable && isTopInside && height > 0;
  });
}
