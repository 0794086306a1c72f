import {
  defaultSettings,
  settingsSchema,
  type Settings,
  type SettingsChange,
} from '@shared/models/settings';
import { SerialQueue } from '../serial-queue';

/** Where settings are kept: an object of plain values by name. */
export interface SettingsFile {
  /** Raises StorageFailed. */
  read(): Record<string, unknown>;
  /** Replaces the whole object. Raises StorageFailed. */
  write(values: Record<string, unknown>): void;
}

/** The app's settings. A value that an older or newer version wrote differently takes its default. */
export class SettingsStore {
  readonly #file: SettingsFile;
  readonly #queue = new SerialQueue();

  constructor(file: SettingsFile) {
    this.#file = file;
  }

  /** Raises StorageFailed. */
  get(): Promise<Settings> {
    return this.#queue.run(() => Promise.resolve(readable(this.#file.read())));
  }

  /** Changes the given settings, keeps the rest, and returns all. Raises StorageFailed. */
  update(changes: SettingsChange): Promise<Settings> {
    return this.#queue.run(() => {
      const stored = this.#file.read();
      const settings = settingsSchema.parse({ ...readable(stored), ...defined(changes) });
      // What is not changed stays as it is, also a value of a newer version that is not known here.
      this.#file.write({ ...stored, ...defined(changes) });
      return Promise.resolve(settings);
    });
  }
}

function readable(stored: Record<string, unknown>): Settings {
  const accepted = Object.entries(settingsSchema.shape).filter(
    ([name, schema]) => schema.safeParse(stored[name]).success,
  );
  return settingsSchema.parse({
    ...defaultSettings,
    ...Object.fromEntries(accepted.map(([name]) => [name, stored[name]])),
  });
}

function defined(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
