import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ImportPreview, ImportSource } from '@shared/models/profile-transfer';
import { useState } from 'react';
import { call, errorData } from '../../api/postern';

/** Reading connections from a file, up to the dialog that shows them. */
export interface ImportState {
  readonly preview: ImportPreview | null;
  readonly error: DatabaseErrorData | null;
  readonly read: (source: ImportSource) => Promise<void>;
  readonly close: () => void;
  readonly dismiss: () => void;
}

/** Holds what an import found, or why it found nothing. */
export function useImport(): ImportState {
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [error, setError] = useState<DatabaseErrorData | null>(null);
  return {
    preview,
    error,
    async read(source) {
      setError(null);
      try {
        setPreview(await call('profile:read-import', { source }));
      } catch (failure) {
        setError(errorData(failure));
      }
    },
    close: () => setPreview(null),
    dismiss: () => setError(null),
  };
}
