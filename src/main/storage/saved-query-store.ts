import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import {
  savedQueryDraftSchema,
  savedQuerySchema,
  type SavedQuery,
  type SavedQueryDraft,
} from '@shared/models/saved-query';
import { z } from 'zod';
import { DatabaseError } from '../db/errors/database-error';
import { SerialQueue } from '../serial-queue';
import { systemCodeOf } from '../db/errors/system-code';
import { NewerDocumentError } from '../services/profiles/document-store';
import { AtomicFile } from './atomic-file';
import { syncFolder } from './replace-file';
import { storageFailed } from './storage-error';
import { readStored } from './stored-document';

const storedSchema = savedQueryDraftSchema.extend({ savedAt: savedQuerySchema.shape.savedAt });
type StoredQuery = z.infer<typeof storedSchema>;

const fileSchema = z.object({ version: z.literal(1), query: storedSchema });

export interface SavedQueryStoreOptions {
  /** The folder of the files; it is made when it is needed. */
  readonly folder: string;
  /** Told when a file could not be understood and was set aside, or is a newer version's. */
  readonly onDamage: (damage: DatabaseErrorData) => void;
  readonly now?: () => Date;
}

/** How much of a text is told with its name. Characters. */
const excerptLength = 200;
const fileName = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.json$/;

/**
 * Queries that were given a name: one file for each, readable by its owner alone, replaced as a
 * whole. All of them are read once, when they are first asked for.
 */
export class SavedQueryStore {
  readonly #options: SavedQueryStoreOptions;
  readonly #queue = new SerialQueue();
  #queries: Map<string, StoredQuery> | null = null;
  /** Those that a newer version of the app wrote: their files are left as they are. */
  readonly #newer = new Set<string>();
  /** What the last change of each query replaced, for `restore`; null where there was none before. */
  readonly #replaced = new Map<string, StoredQuery | null>();

  constructor(options: SavedQueryStoreOptions) {
    this.#options = options;
  }

  /** All queries in order of name. Raises StorageFailed. */
  list(): Promise<SavedQuery[]> {
    return this.#queue.run(async () =>
      [...(await this.#read()).values()]
        .map(summaryOf)
        .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1)),
    );
  }

  /** Raises NotFound when there is no such query (any more), StorageFailed. */
  getText(id: string): Promise<string> {
    return this.#queue.run(async () => (await this.#get(id)).text);
  }

  /**
   * Saves a new query, or another text, name or place for an old one. Raises StorageFailed,
   * NewerDocumentError.
   */
  save(draft: SavedQueryDraft): Promise<SavedQuery> {
    return this.#queue.run(async () => {
      const savedAt = (this.#options.now?.() ?? new Date()).toISOString();
      return this.#change({ ...draft, savedAt });
    });
  }

  /** Raises NotFound when there is no such query (any more), StorageFailed. */
  rename(id: string, name: string): Promise<SavedQuery> {
    return this.#queue.run(async () => this.#change({ ...(await this.#get(id)), name }));
  }

  /** Nothing happens when it is gone already. Raises StorageFailed. */
  remove(id: string): Promise<void> {
    return this.#queue.run(async () => {
      const query = (await this.#read()).get(id);
      if (query === undefined) return;
      await this.#unlink(id);
      this.#replaced.set(id, query);
    });
  }

  /** Takes back the last change of a query; nothing happens where there was none. Raises StorageFailed. */
  restore(id: string): Promise<void> {
    return this.#queue.run(async () => {
      const before = this.#replaced.get(id);
      if (before === undefined) return;
      if (before === null) await this.#unlink(id);
      else await this.#write(before);
      this.#replaced.delete(id);
    });
  }

  /** Resolves once everything handed in so far has ended. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async #change(query: StoredQuery): Promise<SavedQuery> {
    const before = (await this.#read()).get(query.id) ?? null;
    if (this.#newer.has(query.id)) {
      throw new NewerDocumentError('contents of this saved query', this.#file(query.id).path);
    }
    await this.#write(query);
    this.#replaced.set(query.id, before);
    return summaryOf(query);
  }

  async #write(query: StoredQuery): Promise<void> {
    await this.#file(query.id).write(JSON.stringify({ version: 1, query }));
    this.#queries?.set(query.id, query);
  }

  async #unlink(id: string): Promise<void> {
    const { path } = this.#file(id);
    try {
      await unlink(path);
      await syncFolder(this.#options.folder);
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') {
        throw storageFailed(`The file ${path} could not be deleted`, error);
      }
    }
    this.#queries?.delete(id);
  }

  async #get(id: string): Promise<StoredQuery> {
    const query = (await this.#read()).get(id);
    if (query !== undefined) return query;
    throw new DatabaseError({
      kind: 'NotFound',
      message: 'There is no such saved query (any more).',
      advice: 'It may have been deleted: look into the list of saved queries.',
    });
  }

  async #read(): Promise<Map<string, StoredQuery>> {
    if (this.#queries !== null) return this.#queries;
    const queries = new Map<string, StoredQuery>();
    for (const id of await this.#ids()) {
      const file = this.#file(id);
      await file.removeLeftovers();
      const found = readStored((await file.read())?.toString('utf8') ?? '', fileSchema);
      // A file under another name than its own would be written anew under that.
      if (typeof found === 'object' && found.value.query.id === id) {
        queries.set(id, found.value.query);
      } else if (found === 'newer') this.#newer.add(id);
      else await this.#setAside(file);
    }
    if (this.#newer.size > 0) {
      const contents =
        this.#newer.size === 1 ? 'contents of a saved query' : 'contents of some saved queries';
      this.#options.onDamage(new NewerDocumentError(contents, this.#options.folder).data);
    }
    this.#queries = queries;
    return queries;
  }

  async #ids(): Promise<string[]> {
    const { folder } = this.#options;
    const names = await readdir(folder).catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw storageFailed(`The folder ${folder} could not be read`, error);
    });
    return names.flatMap((name) => fileName.exec(name)?.[1] ?? []);
  }

  async #setAside(file: AtomicFile): Promise<void> {
    const aside = await file.setAside(this.#options.now?.() ?? new Date());
    this.#options.onDamage({
      kind: 'StorageFailed',
      message: 'A saved query could not be read: its file is damaged.',
      advice: 'The file was kept under this name; its text can be opened in any editor.',
      detail: aside,
    });
  }

  #file(id: string): AtomicFile {
    return new AtomicFile(join(this.#options.folder, `${id}.json`));
  }
}

function summaryOf({ id, name, workspace, savedAt, text }: StoredQuery): SavedQuery {
  // A long text is cut before its white space is drawn together.
  const excerpt = text
    .slice(0, excerptLength * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  return { id, name, workspace, savedAt, excerpt: excerpt.slice(0, excerptLength) };
}
