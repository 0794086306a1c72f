import type { ExportOptions, ExportSource } from '@shared/models/export';
import { call, errorData, listen } from '../../api/postern';
import { showToast } from '../../components/toast-store';
import { type ExportJob, updateJob, useExports } from './export-store';

interface ExportRequest {
  readonly suggestedName: string;
  readonly options: ExportOptions;
  readonly source: ExportSource;
}

/**
 * Asks for a file in the native dialog, then begins to write it. Resolves to whether it was begun;
 * how it goes on is seen in the store. Raises CallError when the dialog could not be shown.
 */
export async function startExport(request: ExportRequest): Promise<boolean> {
  const { suggestedName, options, source } = request;
  const file = await call('export:choose-file', { format: options.format, suggestedName });
  if (file === null) return false;
  const job: ExportJob = {
    ...file,
    exportId: crypto.randomUUID(),
    startedAt: performance.now(),
    rows: 0,
    bytes: 0,
    state: { status: 'running', isCancelling: false },
  };
  useExports.setState(({ jobs }) => ({ jobs: [...jobs, job] }));
  void write(job, options, source);
  return true;
}

async function write(
  { exportId, fileId }: ExportJob,
  options: ExportOptions,
  source: ExportSource,
): Promise<void> {
  try {
    const summary = await call('export:start', { exportId, fileId, options, source });
    const { rows, bytes } = summary;
    updateJob(exportId, { rows, bytes, state: { status: 'done', summary } });
  } catch (error) {
    const data = errorData(error);
    const state =
      data.kind === 'Cancelled'
        ? ({ status: 'cancelled' } as const)
        : ({ status: 'failed', error: data } as const);
    updateJob(exportId, { state });
  }
}

/** Asks main to stop an export, which then ends as cancelled. */
export async function cancelExport(exportId: string): Promise<void> {
  updateJob(exportId, { state: { status: 'running', isCancelling: true } });
  try {
    await call('export:cancel', { exportId });
  } catch (error) {
    updateJob(exportId, { state: { status: 'running', isCancelling: false } });
    showToast({ tone: 'danger', message: `Not cancelled: ${errorData(error).message}` });
  }
}

/** Shows a written file in the system's file manager. */
export async function showInFolder(fileId: string): Promise<void> {
  try {
    await call('export:show-in-folder', { fileId });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

/** Takes over main's reports of progress; the returned function ends it. */
export function watchExports(): () => void {
  return listen('export:progress', ({ exportId, rows, bytes }) =>
    updateJob(exportId, { rows, bytes }),
  );
}
