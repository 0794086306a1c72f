import { useEffect } from 'react';
import { listen } from '../../../api/postern';
import { setProgress } from './run-store';

/** Takes over how far scripts have come, while the workspace is on the page. */
export function useRunProgress(): void {
  useEffect(
    () =>
      listen('query:progress', ({ executionId, completed, total, sentShare }) =>
        setProgress(executionId, completed, total, sentShare),
      ),
    [],
  );
}
