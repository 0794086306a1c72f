import { ChevronDown } from 'lucide-react';
import { Button } from '../button';
import { DropdownMenu } from '../menu';
import type { InsertTarget } from './column-sources';
import { copyCells } from './copy-cells';
import type { CopyFormat } from './copy-formats';
import type { RowSource } from './row-source';

interface CopyRowsMenuProps {
  readonly source: RowSource;
  /** What "Copy rows as INSERT" inserts into. */
  readonly target: InsertTarget;
  readonly className?: string | undefined;
  /** Says in one line what was copied. */
  readonly onCopied: (message: string) => void;
}

/** Copies all rows that were read, in one of the formats. Nothing where there are none. */
export function CopyRowsMenu({ source, target, className, onCopied }: CopyRowsMenuProps) {
  const copy = (format: CopyFormat) => () => {
    const bottom = source.rowCount - 1;
    const range = { top: 0, bottom, left: 0, right: source.columns.length - 1 };
    void copyCells(source, range, format, target).then(onCopied);
  };
  if (source.rowCount === 0) return null;
  return (
    <DropdownMenu
      actions={[
        { label: 'Copy rows with headers', onSelect: copy('tsv-headers') },
        { label: 'Copy rows as CSV', onSelect: copy('csv') },
        { label: 'Copy rows as JSON', onSelect: copy('json') },
        { label: 'Copy rows as INSERT', onSelect: copy('insert') },
      ]}
    >
      <Button variant="ghost" size="small" className={className}>
        Copy <ChevronDown aria-hidden="true" />
      </Button>
    </DropdownMenu>
  );
}
