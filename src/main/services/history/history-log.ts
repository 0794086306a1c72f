import type { HistoryEntry } from '@shared/models/query-history';

/** Where the history outlives the process. */
export interface HistoryLog {
  /** What was kept, oldest first. Raises StorageFailed. */
  read(): Promise<HistoryEntry[]>;
  /** Adds an entry, or takes the place of the one with its id. Raises StorageFailed. */
  put(entry: HistoryEntry): Promise<void>;
  /** Keeps these and nothing else. Raises StorageFailed. */
  replace(entries: readonly HistoryEntry[]): Promise<void>;
}
