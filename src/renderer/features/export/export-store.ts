import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ExportSource, ExportSummary, PreviewSource } from '@shared/models/export';
import { create } from 'zustand';

/** Rows that can be exported, for a person to choose among. */
export interface ExportScope {
  readonly label: string;
  /** What exporting them means, such as that the statement is run again. */
  readonly hint: string | null;
  readonly source: ExportSource;
  /** The rows that its preview shows; without it those of the target. */
  readonly preview?: PreviewSource;
}

/** What the dialog is opened for. */
export interface ExportTarget {
  /** In words, for the dialog's title: a relation's name, "result". */
  readonly title: string;
  readonly suggestedName: string;
  /** At least one; the first is taken unless a person chooses another. */
  readonly scopes: readonly [ExportScope, ...ExportScope[]];
  readonly preview: PreviewSource;
  /** The relation that the rows come from, where that is known: INSERT suggests it. */
  readonly relation: { readonly schema: string; readonly name: string } | null;
}

export type ExportJobState =
  | { readonly status: 'running'; readonly isCancelling: boolean }
  | { readonly status: 'done'; readonly summary: ExportSummary }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData };

/** An export that was started in this window. */
export interface ExportJob {
  readonly exportId: string;
  readonly fileId: string;
  /** The file's name, without its folder. */
  readonly name: string;
  /** performance.now() at the start, milliseconds. */
  readonly startedAt: number;
  readonly rows: number;
  readonly bytes: number;
  readonly state: ExportJobState;
}

interface ExportStore {
  readonly target: ExportTarget | null;
  /** Oldest first. */
  readonly jobs: readonly ExportJob[];
}

/** The export dialog and the exports of this window. */
export const useExports = create<ExportStore>(() => ({ target: null, jobs: [] }));

/** Opens the export dialog. */
export function openExport(target: ExportTarget): void {
  useExports.setState({ target });
}

export function closeExport(): void {
  useExports.setState({ target: null });
}

/** Changes what is known of an export; one that was dismissed stays away. */
export function updateJob(exportId: string, change: Partial<ExportJob>): void {
  useExports.setState(({ jobs }) => ({
    jobs: jobs.map((job) => (job.exportId === exportId ? { ...job, ...change } : job)),
  }));
}

/** Takes an export that has ended from the screen. */
export function dismissJob(exportId: string): void {
  useExports.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.exportId !== exportId) }));
}

/** How many exports are being written. */
export function runningExports(): number {
  return useExports.getState().jobs.filter(({ state }) => state.status === 'running').length;
}
