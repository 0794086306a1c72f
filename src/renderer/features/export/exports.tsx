import { ExportDialog } from './export-dialog';
import { ExportPanel } from './export-panel';
import { useExports } from './export-store';

/** The export dialog while it is open, and the exports that were started. */
export function Exports() {
  const target = useExports((state) => state.target);
  return (
    <>
      {target !== null && <ExportDialog target={target} />}
      <ExportPanel />
    </>
  );
}
