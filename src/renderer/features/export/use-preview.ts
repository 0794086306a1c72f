import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ExportOptions, PreviewSource } from '@shared/models/export';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';

export interface Preview {
  readonly text: string;
  readonly error: DatabaseErrorData | null;
}

const noPreview: Preview = { text: '', error: null };

/**
 * The beginning of the file as main would write it; the last one stays while the next is made. Empty
 * without options.
 */
export function usePreview(options: ExportOptions | null, source: PreviewSource): Preview {
  const [preview, setPreview] = useState(noPreview);
  // Options are made anew at each rendering: only another content asks for another preview.
  const key = options === null ? null : JSON.stringify(options);
  useEffect(() => {
    if (options === null) return undefined;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      try {
        const { text } = await call('export:preview', { options, source });
        if (isCurrent) setPreview({ text, error: null });
      } catch (error) {
        if (isCurrent) setPreview({ text: '', error: errorData(error) });
      }
    };
    void load();
    return () => {
      isCurrent = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `key` stands for `options`
  }, [key, source]);
  return options === null ? noPreview : preview;
}
