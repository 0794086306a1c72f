import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import ElectronStore from 'electron-store';
import type { SettingsFile } from './settings-store';
import { storageFailed } from './storage-error';

/** Told what went wrong with the file and where its content is now. */
type OnDamage = (damage: DatabaseErrorData) => void;

/**
 * Settings in `settings.json` through electron-store: plain values, nothing secret. The only module
 * that imports electron-store, which needs a running Electron.
 */
export class ElectronSettingsFile implements SettingsFile {
  /** Null where the file cannot be used at all: settings then last as long as the process. */
  readonly #store: ElectronStore | null;
  #session: Record<string, unknown> = {};

  /**
   * Opens the file in `folder`; never raises. One that makes no sense is set aside, one that cannot
   * be read stays as it is, and `onDamage` is told; electron-store's own clearInvalidConfig would
   * empty the file instead.
   */
  constructor(folder: string, onDamage: OnDamage) {
    this.#store = openStore(folder, onDamage);
  }

  read(): Record<string, unknown> {
    try {
      return this.#store?.store ?? this.#session;
    } catch (error) {
      throw storageFailed('The settings could not be read', error);
    }
  }

  write(values: Record<string, unknown>): void {
    if (this.#store === null) {
      this.#session = values;
      return;
    }
    // The setter of electron-store replaces even a file that it cannot read: look first.
    this.read();
    try {
      this.#store.store = values;
    } catch (error) {
      throw storageFailed('The settings could not be saved', error);
    }
  }
}

function openStore(folder: string, onDamage: OnDamage): ElectronStore | null {
  const open = (): ElectronStore =>
    new ElectronStore({
      name: 'settings',
      cwd: folder,
      clearInvalidConfig: false,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
  try {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      setAside(join(folder, 'settings.json'), onDamage);
      return open();
    }
  } catch (error) {
    onDamage(storageFailed('The settings could not be read', error).data);
    return null;
  }
}

function setAside(path: string, onDamage: OnDamage): void {
  const aside = freeName(path);
  renameSync(path, aside);
  onDamage({
    kind: 'StorageFailed',
    message: 'The settings could not be read: the file is damaged.',
    advice: 'The file was kept under this name. Postern goes on with its default settings.',
    detail: aside,
  });
}

function freeName(path: string): string {
  const base = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let name = base;
  for (let attempt = 2; existsSync(name); attempt += 1) name = `${base}-${attempt}`;
  return name;
}
