import { randomUUID } from 'node:crypto';
import type {
  HistoryEnd,
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
} from '@shared/models/query-history';
import { DatabaseError } from '../../db/errors/database-error';
import type { HistoryLog } from './history-log';
import { mayHoldPassword } from './password-text';

/** What is about to be sent. */
export interface HistoryStart {
  readonly workspace: string;
  readonly connection: string;
  readonly text: string;
  readonly statements: number;
}

export interface QueryHistoryOptions {
  readonly log: HistoryLog;
  /** Told of what could not be kept: a run does not fail for it. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => Date;
}

/** Texts above this length are kept in part. UTF-16 units. */
const maxText = 256 * 1024;
/** Entries beyond these are dropped, the oldest first. */
const maxEntries = 5_000;
const maxTotalText = 16 * 1024 * 1024;
/** By how much they may be exceeded: dropping entries writes the whole file anew. */
const slack = 1.1;
/** What one answer holds: entries, and UTF-16 units of the text of each. */
const pageSize = 100;
const previewText = 4_000;

/** What was run on all connections, newest last, kept across restarts. */
export class QueryHistory {
  readonly #options: QueryHistoryOptions;
  readonly #removed = new Map<string, HistoryEntry>();
  #entries: Promise<Map<string, HistoryEntry>> | null = null;
  /** UTF-16 units of texts since the limits were looked at last. */
  #grownBy = 0;

  constructor(options: QueryHistoryOptions) {
    this.#options = options;
  }

  /**
   * Notes that statements are being sent; the result notes how they came out, null that none was sent
   * after all. A text that may hold a password is not kept.
   */
  begin(start: HistoryStart): (end: HistoryEnd | null) => void {
    const text = start.text.slice(0, maxText);
    // What is cut off is not kept, and megabytes of it would take longer than a frame.
    if (mayHoldPassword(text)) return () => undefined;
    const entry: HistoryEntry = {
      ...start,
      id: randomUUID(),
      at: (this.#options.now?.() ?? new Date()).toISOString(),
      text,
      isCut: start.text.length > maxText,
      end: null,
    };
    void this.#try(() => this.#put(entry));
    return (end) =>
      void this.#try(() => (end === null ? this.#drop(entry.id) : this.#put({ ...entry, end })));
  }

  /** Entries that fit, the newest first. Raises StorageFailed. */
  async list({ workspace, text, onlyFailed, offset }: HistoryQuery): Promise<HistoryPage> {
    const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
    const found = [...(await this.#open()).values()].reverse().filter((entry) => {
      if (workspace !== null && entry.workspace !== workspace) return false;
      if (onlyFailed && entry.end?.outcome !== 'failed') return false;
      if (words.length === 0) return true;
      const searched = entry.text.toLowerCase();
      return words.every((word) => searched.includes(word));
    });
    const entries = found.slice(offset, offset + pageSize).map(shortened);
    return { entries, total: found.length };
  }

  /** The text of an entry as it was kept. Raises NotFound, StorageFailed. */
  async getText(id: string): Promise<string> {
    const entry = (await this.#open()).get(id);
    if (entry !== undefined) return entry.text;
    throw new DatabaseError({ kind: 'NotFound', message: 'This entry is no longer kept.' });
  }

  /** Forgets an entry; an unknown one is no error. Raises StorageFailed. */
  async remove(id: string): Promise<void> {
    const entry = await this.#drop(id);
    if (entry !== null) this.#removed.set(id, entry);
  }

  /** Takes back `remove`. Raises StorageFailed. */
  async restore(id: string): Promise<void> {
    const entry = this.#removed.get(id);
    if (entry === undefined) return;
    this.#removed.delete(id);
    const entries = await this.#open();
    const inOrder = [...entries.values(), entry].sort((a, b) => (a.at < b.at ? -1 : 1));
    entries.clear();
    for (const each of inOrder) entries.set(each.id, each);
    await this.#options.log.replace(inOrder);
  }

  /** Forgets all entries of a connection; null for those of all. Raises StorageFailed. */
  async clear(workspace: string | null): Promise<void> {
    const entries = await this.#open();
    for (const [id, entry] of entries) {
      if (workspace === null || entry.workspace === workspace) entries.delete(id);
    }
    await this.#options.log.replace([...entries.values()]);
  }

  async #put(entry: HistoryEntry): Promise<void> {
    const entries = await this.#open();
    // One that was removed while it ran stays away.
    if (entry.end !== null && !entries.has(entry.id)) return;
    if (!entries.has(entry.id)) this.#grownBy += entry.text.length;
    entries.set(entry.id, entry);
    const mayExceed =
      entries.size > maxEntries * slack || this.#grownBy > maxTotalText * (slack - 1);
    if (!mayExceed || !(await this.#dropOldest(entries))) await this.#options.log.put(entry);
  }

  /** Whether there was anything to drop: all that is kept is written then. */
  async #dropOldest(entries: Map<string, HistoryEntry>): Promise<boolean> {
    this.#grownBy = 0;
    const kept = withinLimits([...entries.values()]);
    if (kept.length === entries.size) return false;
    entries.clear();
    for (const entry of kept) entries.set(entry.id, entry);
    await this.#options.log.replace(kept);
    return true;
  }

  async #drop(id: string): Promise<HistoryEntry | null> {
    const entries = await this.#open();
    const entry = entries.get(id);
    if (entry === undefined) return null;
    entries.delete(id);
    await this.#options.log.replace([...entries.values()]);
    return entry;
  }

  async #try(note: () => Promise<unknown>): Promise<void> {
    try {
      await note();
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  #open(): Promise<Map<string, HistoryEntry>> {
    this.#entries ??= this.#read();
    return this.#entries;
  }

  async #read(): Promise<Map<string, HistoryEntry>> {
    try {
      const kept = await this.#options.log.read();
      const newest = withinLimits(kept);
      if (newest.length < kept.length) await this.#options.log.replace(newest);
      return new Map(newest.map((entry) => [entry.id, entry]));
    } catch (error) {
      // The next call tries anew.
      this.#entries = null;
      throw error;
    }
  }
}

/** The newest entries, as many as are kept. */
function withinLimits(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let first = entries.length;
  let length = 0;
  while (first > 0 && entries.length - first < maxEntries) {
    length += entries[first - 1]?.text.length ?? 0;
    if (length > maxTotalText) break;
    first -= 1;
  }
  return entries.slice(first);
}

function shortened(entry: HistoryEntry): HistoryEntry {
  if (entry.text.length <= previewText) return entry;
  return { ...entry, text: entry.text.slice(0, previewText), isCut: true };
}
