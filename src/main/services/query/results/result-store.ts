import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResultMemory } from './result-memory';
import { SpillFile } from './spill-file';
import { StoredResult } from './stored-result';

const megabyte = 1024 * 1024;
/**
 * This process's share of the memory for results. The window has the rest: what is scrolled back to is
 * there, and pages that were handed on would only be in memory twice.
 */
const share = 1 / 8;
/** What the memory of all results may come to in this process where nothing else was set. Bytes. */
const defaultBudget = 32 * megabyte;
/**
 * What one result keeps of it, in bytes: however many rows are scrolled through, they take no more.
 * Rows that were read without being looked at push out nothing beyond it.
 */
const resultBytes = 4 * megabyte;

export interface ResultStoreOptions {
  /** A folder of its own for temporary files: what is in it belongs to the store. */
  readonly folder: string;
  /** Bytes of memory for all results together. */
  readonly budget: number;
}

/**
 * Where the rows of all results are kept: in memory up to a budget, beyond it in encrypted files,
 * one a result, so that scrolling back never asks the server again.
 */
export class ResultStore {
  readonly memory: ResultMemory;
  readonly #folder: string;

  constructor(options: Partial<ResultStoreOptions> = {}) {
    this.#folder = options.folder ?? join(tmpdir(), `postern-results-${randomUUID()}`);
    this.memory = new ResultMemory(options.budget ?? defaultBudget, resultBytes);
  }

  /**
   * Takes an eighth of the memory that the rows of all results may have, in megabytes; the window has
   * the rest. Raises DatabaseError of kind StorageFailed when what exceeds it cannot be written.
   */
  share(memoryMb: number): Promise<void> {
    return this.memory.setBudget(memoryMb * share * megabyte);
  }

  /** A result without rows yet. Close it to give back what it holds. */
  create(columnCount: number): StoredResult {
    return new StoredResult({
      columnCount,
      memory: this.memory,
      file: new SpillFile(join(this.#folder, `${randomUUID()}.rows`)),
      unseenBytes: Math.min(resultBytes, this.memory.budget),
    });
  }

  /**
   * Deletes the folder with all files: at the end, and at start what a process left that was killed.
   * Raises what the file system raises.
   */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
