import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import ElectronStore from 'electron-store';
import type { SettingsFile } from './settings-store';
import { storageFailed } from './storage-error';

/**
 * Settings in `settings.json` through electron-store: plain values, nothing secret. The only module
 * that imports electron-store, which needs a running Electron.
 */
export class ElectronSettingsFile implements SettingsFile {
  readonly #store: ElectronStore;

  /**
   * Opens the file in `folder`. One that cannot be read is set aside, never overwritten, and told to
   * `onDamage`; electron-store's own clearInvalidConfig would empty it instead.
   */
  constructor(folder: string, onDamage: (damage: DatabaseErrorData) => void) {
    this.#store = openStore(folder, onDamage);
  }

  read(): Record<string, unknown> {
    try {
      return this.#store.store;
    } catch (error) {
      throw storageFailed('The settings could not be read', error);
    }
  }

  write(values: Record<string, unknown>): void {
    // The setter of electron-store replaces even a file that it cannot read: look first.
    this.read();
    try {
      this.#store.store = values;
    } catch (error) {
      throw storageFailed('The settings could not be saved', error);
    }
  }
}

function openStore(folder: string, onDamage: (damage: DatabaseErrorData) => void): ElectronStore {
  const open = (): ElectronStore =>
    new ElectronStore({
      name: 'settings',
      cwd: folder,
      clearInvalidConfig: false,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
  try {
    return open();
  } catch (error) {
    if (!(error instanceof SyntaxError))
      throw storageFailed('The settings could not be read', error);
    const path = join(folder, 'settings.json');
    const aside = freeName(path);
    try {
      renameSync(path, aside);
    } catch (cause) {
      throw storageFailed(`The damaged file ${path} could not be set aside`, cause);
    }
    onDamage({
      kind: 'StorageFailed',
      message: 'The settings could not be read: the file is damaged.',
      advice: `The file was kept as ${aside}. Postern goes on with its default settings.`,
      detail: aside,
    });
    return open();
  }
}

function freeName(path: string): string {
  const base = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let name = base;
  for (let attempt = 2; existsSync(name); attempt += 1) name = `${base}-${attempt}`;
  return name;
}
