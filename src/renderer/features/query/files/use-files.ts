import { useEffect } from 'react';
import { pathOf } from '../../../api/postern';
import { checkFiles, openDroppedFile } from './file-actions';

/** Opens files that are dropped on the window, and notices when others change those of the tabs. */
export function useFiles(workspace: string): void {
  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    const hasFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true;
    // In the capture phase: the editor would insert a dropped file's text where it falls.
    const options = { signal, capture: true } as const;
    window.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'copy';
      },
      options,
    );
    window.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const paths = [...(event.dataTransfer?.files ?? [])].map(pathOf);
        void openInOrder(workspace, paths);
      },
      options,
    );
    window.addEventListener('focus', () => void checkFiles(workspace), { signal });
    void checkFiles(workspace);
    return () => leave.abort();
  }, [workspace]);
}

async function openInOrder(workspace: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await openDroppedFile(workspace, path);
}
