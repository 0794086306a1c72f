/** The one origin that the app's pages have; `electron-vite dev` serves them from its own. */
export interface TrustedOrigins {
  readonly origins: readonly string[];
}

/** What identifies the sender of an IPC message. */
export interface Sender {
  readonly webContentsId: number;
  readonly frame: { readonly url: string; readonly parent: object | null } | null;
}

/**
 * Who may call main: the top frame of a window that main opened, while it shows a page of the app.
 * Ids are dropped when the window is gone (Electron security checklist, 17: validate the sender).
 */
export class TrustedSenders {
  readonly #webContentsIds = new Set<number>();
  readonly #origins: ReadonlySet<string>;

  constructor({ origins }: TrustedOrigins) {
    this.#origins = new Set(origins);
  }

  add(webContentsId: number): void {
    this.#webContentsIds.add(webContentsId);
  }

  remove(webContentsId: number): void {
    this.#webContentsIds.delete(webContentsId);
  }

  /** A frame that has been disposed of, an embedded frame and a foreign page are refused alike. */
  trusts({ webContentsId, frame }: Sender): boolean {
    if (!this.#webContentsIds.has(webContentsId) || frame === null || frame.parent !== null)
      return false;
    const origin = originOf(frame.url);
    return origin !== null && this.#origins.has(origin);
  }
}

/**
 * Scheme and host of a URL, null where it is none. URL.origin would be "null" for schemes that the
 * URL standard does not list as special.
 */
function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    // A frame that never loaded has an empty URL, which is no URL.
    return null;
  }
}
