import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { historyEntrySchema, type HistoryEntry } from '@shared/models/query-history';
import type { HistoryLog } from '../services/history/history-log';
import { systemCodeOf } from '../db/errors/system-code';
import { SerialQueue } from '../serial-queue';
import { NewerDocumentError } from '../services/profiles/document-store';
import type { AtomicFile } from './atomic-file';
import { storageFailed } from './storage-error';
import { readStored } from './stored-document';

export interface HistoryFileOptions {
  readonly file: AtomicFile;
  /** Told when the file could not be understood and was set aside. */
  readonly onDamage: (damage: DatabaseErrorData) => void;
  readonly now?: () => Date;
}

/**
 * The history as lines of JSON, readable by its owner alone. An entry is one line more, so that a run
 * costs one small write; the last line with an id counts. A crash can only tear the last line. A line
 * with a `version` is a newer app's, and so is the file then.
 */
export class HistoryFile implements HistoryLog {
  readonly #options: HistoryFileOptions;
  readonly #queue = new SerialQueue();
  /** The append that has not begun yet: what is put goes along with it. */
  #waiting: Append | null = null;
  /** Where a newer version of the app wrote the file: it is left as it is. */
  #newer: NewerDocumentError | null = null;

  constructor(options: HistoryFileOptions) {
    this.#options = options;
  }

  read(): Promise<HistoryEntry[]> {
    return this.#queue.run(() => this.#read());
  }

  /** Entries that are put in quick succession are written in one go. */
  put(entry: HistoryEntry): Promise<void> {
    this.#waiting ??= this.#append();
    this.#waiting.lines.push(lineOf(entry));
    return this.#waiting.written;
  }

  replace(entries: readonly HistoryEntry[]): Promise<void> {
    // What is put from now on comes behind it.
    this.#waiting = null;
    return this.#queue.run(() => this.#options.file.write(entries.map(lineOf).join('')));
  }

  /** Resolves once everything handed in so far is on the disk. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** Appends, once its turn comes, the lines that it has got by then. */
  #append(): Append {
    const lines: string[] = [];
    const written = this.#queue.run(async () => {
      this.#waiting = null;
      const { path } = this.#options.file;
      const text = lines.join('');
      const write = (): Promise<void> => appendFile(path, text, { mode: 0o600 });
      try {
        await write().catch(async (error: unknown) => {
          if (systemCodeOf(error) !== 'ENOENT') throw error;
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          await write();
        });
      } catch (error) {
        throw storageFailed(`The history could not be written to ${path}`, error);
      }
    });
    return { lines, written };
  }

  async #read(): Promise<HistoryEntry[]> {
    const { file } = this.#options;
    if (this.#newer !== null) throw this.#newer;
    await file.removeLeftovers();
    const bytes = await file.read();
    if (bytes === null) return [];
    const lines = bytes.toString('utf8').split('\n');
    const torn = lines.pop() !== '';
    const entries = new Map<string, HistoryEntry>();
    let isDamaged = false;
    for (const line of lines) {
      const found = readStored(line, historyEntrySchema);
      if (found === 'newer') {
        this.#newer = new NewerDocumentError('entries of the history', file.path);
        throw this.#newer;
      }
      if (found === 'damaged') isDamaged = true;
      else entries.set(found.value.id, found.value);
    }
    const kept = [...entries.values()];
    if (isDamaged) await this.#setAside(kept.length);
    // What is appended next has to begin a line of its own, and runs leave two lines each.
    if (torn || isDamaged || lines.length > kept.length) {
      await file.write(kept.map(lineOf).join(''));
    }
    return kept;
  }

  async #setAside(readable: number): Promise<void> {
    const { file, onDamage, now } = this.#options;
    const aside = await file.setAside(now?.() ?? new Date());
    onDamage({
      kind: 'StorageFailed',
      message: `Part of the query history could not be read; ${readable} entries were.`,
      advice: 'The file was kept under this name; its text can be opened in any editor.',
      detail: aside,
    });
  }
}

interface Append {
  readonly lines: string[];
  readonly written: Promise<void>;
}

const lineOf = (entry: HistoryEntry): string => `${JSON.stringify(entry)}\n`;
