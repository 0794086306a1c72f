import type { ExportOptions, ExportSummary } from '@shared/models/export';
import type { Notice } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';
import { cancelledError } from '../../db/errors/database-error';
import { encode } from './encode';
import type { RowSource } from './row-source';
import type { CreateFile } from './writable-file';

/** At most ten reports of progress in a second. Milliseconds. */
const progressIntervalMs = 100;

export interface WriteOptions {
  /** Begins a file at a path. */
  readonly create: CreateFile;
  readonly path: string;
  readonly options: ExportOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { rows: number; bytes: number }) => void;
}

/**
 * Writes all rows of a source to a file, one chunk at a time: the source is asked for more when the
 * system has taken the last chunk. A failure or a cancel leaves no file, and an older one untouched.
 * Raises DatabaseError: StorageFailed, Cancelled, and what the source raises.
 */
export async function writeFile(
  source: RowSource,
  { create, path, options, signal, onProgress }: WriteOptions,
): Promise<ExportSummary> {
  const startedAt = performance.now();
  const notices: Notice[] = [];
  let rows = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  const counted = async function* (): AsyncGenerator<RowBatch> {
    for await (const batch of source.batches()) {
      rows += batch.rowCount;
      yield batch;
    }
  };
  const file = await create(path);
  try {
    const chunks = encode(source.columns, counted(), options, (notice) => notices.push(notice));
    for await (const chunk of chunks) {
      if (signal.aborted) throw cancelledError();
      await file.write(chunk);
      const now = performance.now();
      if (now - reportedAt >= progressIntervalMs) {
        reportedAt = now;
        onProgress({ rows, bytes: file.bytes });
      }
    }
    if (signal.aborted) throw cancelledError();
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
  return { rows, bytes: file.bytes, durationMs: performance.now() - startedAt, notices };
}
