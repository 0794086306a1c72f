import { call, errorData, listen } from '../../../api/postern';
import type { RowReader } from '../../../components/grid/row-source';
import { showToast } from '../../../components/toast-store';

/** Reads the rows of results from main. */
export const rowReader: RowReader = {
  readRows: (resultId, from, count) => call('query:read-rows', { resultId, from, count }),
  readCell: (resultId, row, column) => call('query:read-cell', { resultId, row, column }),
  async readAll(resultId, onProgress) {
    const stopListening = listen('query:read-progress', (progress) => {
      if (progress.resultId === resultId) onProgress(progress.readRows);
    });
    try {
      return await call('query:read-all', { resultId });
    } finally {
      stopListening();
    }
  },
  stopReading: (resultId) => {
    call('query:stop-reading', { resultId }).catch((error: unknown) => {
      showToast({ tone: 'danger', message: errorData(error).message });
    });
  },
  closeResult: (resultId) => {
    call('query:close-result', { resultId }).catch((error: unknown) => {
      const data = errorData(error);
      // A result that main has ended by itself is closed already.
      if (data.kind !== 'NotFound') showToast({ tone: 'danger', message: data.message });
    });
  },
};
