import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { workspaceSchema, type Workspace } from '@shared/models/workspace';
import { z } from 'zod';
import { SerialQueue } from '../serial-queue';
import { NewerDocumentError } from '../services/profiles/document-store';
import { AtomicFile } from './atomic-file';
import { readStored } from './stored-document';

const fileSchema = z.object({
  version: z.literal(1),
  /** Written so that a file whose name is a hash can be told apart by a person. */
  key: z.string(),
  workspace: workspaceSchema,
});

export interface WorkspaceStoreOptions {
  /** The folder of the files; it is made when it is needed. */
  readonly folder: string;
  /** Told when a file could not be understood and was set aside, or is a newer version's. */
  readonly onDamage: (damage: DatabaseErrorData) => void;
  readonly now?: () => Date;
}

interface Entry {
  readonly file: AtomicFile;
  readonly queue: SerialQueue;
  opened: boolean;
  /** A newer version of the app wrote the file: nothing is saved over it. */
  isNewer: boolean;
  /** The newest content that is not yet on disk. */
  waiting: Workspace | null;
}

/**
 * Editor tabs across restarts: one file for each connection, readable by its owner alone, replaced
 * as a whole. Of saves that come faster than the disk, the newest is written and answers for all.
 */
export class WorkspaceStore {
  readonly #options: WorkspaceStoreOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: WorkspaceStoreOptions) {
    this.#options = options;
  }

  /**
   * The tabs of a connection; none where nothing was saved, the file was damaged, or a newer version
   * of the app wrote it. Raises StorageFailed.
   */
  load(key: string): Promise<Workspace> {
    const entry = this.#entry(key);
    return entry.queue.run(async () => entry.waiting ?? (await this.#open(entry)));
  }

  /** Resolves once this content or a newer one is on disk. Raises StorageFailed, NewerDocumentError. */
  save(key: string, workspace: Workspace): Promise<void> {
    const entry = this.#entry(key);
    entry.waiting = workspace;
    return entry.queue.run(async () => {
      const newest = entry.waiting;
      if (newest === null) return;
      // A file that was never looked at may be damaged: it is set aside before it is replaced.
      if (!entry.opened) await this.#open(entry);
      if (entry.isNewer) throw newerTabs(entry);
      await entry.file.write(JSON.stringify({ version: 1, key, workspace: newest }));
      if (entry.waiting === newest) entry.waiting = null;
    });
  }

  /** Resolves once every save handed in so far has ended: what the app waits for before it ends. */
  async idle(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => entry.queue.idle()));
  }

  #entry(key: string): Entry {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      // A hash, so that no key can name a file outside the folder.
      const name = createHash('sha256').update(key).digest('hex');
      const file = new AtomicFile(join(this.#options.folder, `${name}.json`));
      entry = { file, queue: new SerialQueue(), opened: false, isNewer: false, waiting: null };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  async #open(entry: Entry): Promise<Workspace> {
    const { file } = entry;
    if (!entry.opened) await file.removeLeftovers();
    const bytes = await file.read();
    const found = bytes === null ? null : readStored(bytes.toString('utf8'), fileSchema);
    entry.isNewer = found === 'newer';
    if (entry.isNewer && !entry.opened) this.#options.onDamage(newerTabs(entry).data);
    if (found === 'damaged') {
      const aside = await file.setAside(this.#options.now?.() ?? new Date());
      this.#options.onDamage({
        kind: 'StorageFailed',
        message: 'The editor tabs of this connection could not be read: the file is damaged.',
        advice: 'The file was kept under this name; its text can be opened in any editor.',
        detail: aside,
      });
    }
    entry.opened = true;
    return typeof found === 'object' && found !== null
      ? found.value.workspace
      : { tabs: [], activeTabId: null };
  }
}

function newerTabs({ file }: Entry): NewerDocumentError {
  return new NewerDocumentError('editor tabs of this connection', file.path);
}
