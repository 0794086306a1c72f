import { randomUUID } from 'node:crypto';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { z } from 'zod';
import { SerialQueue } from '../serial-queue';
import type { ScriptPaths } from '../services/files/script-paths';
import { NewerDocumentError } from '../services/profiles/document-store';
import type { AtomicFile } from './atomic-file';
import { readStored } from './stored-document';

/** So many paths are remembered, those opened last. */
const mostPaths = 1000;

const documentSchema = z.object({
  version: z.literal(1),
  files: z.array(z.object({ id: z.uuid(), path: z.string() })),
});
type Entries = z.infer<typeof documentSchema>['files'];

/** Which id stands for which file of a person's, in a file of the application's own. */
export class ScriptPathStore implements ScriptPaths {
  readonly #file: AtomicFile;
  readonly #onDamage: (damage: DatabaseErrorData) => void;
  readonly #queue = new SerialQueue();
  #entries: Entries | null = null;
  /** A newer version of the app wrote the file: it is left as it is, and ids last for the session. */
  #isNewer = false;

  /** `onDamage` is told when the file made no sense and was set aside, or is a newer version's. */
  constructor(file: AtomicFile, onDamage: (damage: DatabaseErrorData) => void) {
    this.#file = file;
    this.#onDamage = onDamage;
  }

  idOf(path: string): Promise<string> {
    return this.#queue.run(async () => {
      const entries = await this.#read();
      const known = entries.find((entry) => entry.path === path);
      if (known !== undefined && known === entries.at(-1)) return known.id;
      const id = known?.id ?? randomUUID();
      const files = [...entries.filter((entry) => entry !== known), { id, path }].slice(-mostPaths);
      if (!this.#isNewer) await this.#file.write(JSON.stringify({ version: 1, files }));
      this.#entries = files;
      return id;
    });
  }

  pathOf(id: string): Promise<string | null> {
    return this.#queue.run(
      async () => (await this.#read()).find((entry) => entry.id === id)?.path ?? null,
    );
  }

  async #read(): Promise<Entries> {
    this.#entries ??= await this.#load();
    return this.#entries;
  }

  async #load(): Promise<Entries> {
    await this.#file.removeLeftovers();
    const bytes = await this.#file.read();
    if (bytes === null) return [];
    const found = readStored(bytes.toString('utf8'), documentSchema);
    if (typeof found === 'object') return found.value.files;
    if (found === 'newer') {
      this.#isNewer = true;
      this.#onDamage(new NewerDocumentError('paths of opened files', this.#file.path).data);
      return [];
    }
    const aside = await this.#file.setAside(new Date());
    this.#onDamage({
      kind: 'StorageFailed',
      message: 'The list of opened files could not be read: it is damaged.',
      advice: 'It was kept under this name. The texts of the tabs are there; save them as files.',
      detail: aside,
    });
    return [];
  }
}
