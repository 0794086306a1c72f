import { Copy, Download, Hash, MoveHorizontal, PanelRight, Pin, PinOff } from 'lucide-react';
import type { ReactElement } from 'react';
import { ContextMenu, type MenuActions } from '../menu';
import { acceleratorText, commandKeys } from '../shortcut-text';
import type { CopyFormat } from './copy-formats';

interface GridContextMenuProps {
  readonly isEmpty: boolean;
  /** What else can be done with the cell that has the focus; it comes first. */
  readonly cellActions: MenuActions;
  readonly onCopy: (format: CopyFormat) => void;
  readonly onOpenDetail: () => void;
  readonly onGoToRow: () => void;
  /** Left out where the rows cannot be exported. */
  readonly onExport?: (() => void) | undefined;
  readonly columns: ColumnProps;
  readonly children: ReactElement;
}

interface ColumnProps {
  /** The column that has the focus; null when there is none. */
  readonly focused: number | null;
  /** How many of the first columns are frozen. */
  readonly frozen: number;
  readonly onFreeze: (count: number) => void;
  readonly onFit: (column: number) => void;
}

/** The menu of the selected cells. */
export function GridContextMenu(props: GridContextMenuProps) {
  const { isEmpty, cellActions, onCopy, onOpenDetail, onGoToRow, onExport, children } = props;
  const { focused, frozen, onFreeze, onFit } = props.columns;
  const copy = (format: CopyFormat, label: string) => ({
    label,
    disabled: isEmpty,
    onSelect: () => onCopy(format),
  });
  return (
    <ContextMenu
      actions={[
        ...(cellActions.length === 0 ? [] : [...cellActions, null]),
        { ...copy('tsv', 'Copy'), shortcut: acceleratorText('CmdOrCtrl+C'), icon: <Copy /> },
        copy('tsv-headers', 'Copy with headers'),
        null,
        copy('csv', 'Copy as CSV'),
        copy('json', 'Copy as JSON'),
        copy('insert', 'Copy as INSERT'),
        null,
        ...(onExport === undefined
          ? []
          : [
              {
                label: 'Export…',
                icon: <Download />,
                shortcut: commandKeys('export-result'),
                onSelect: onExport,
              },
              null,
            ]),
        {
          label: 'Show the whole value',
          icon: <PanelRight />,
          shortcut: 'Space',
          disabled: isEmpty,
          onSelect: onOpenDetail,
        },
        {
          label: 'Go to row…',
          icon: <Hash />,
          shortcut: acceleratorText('CmdOrCtrl+G'),
          disabled: isEmpty,
          onSelect: onGoToRow,
        },
        null,
        {
          label: 'Freeze columns up to here',
          icon: <Pin />,
          disabled: focused === null || focused + 1 === frozen,
          onSelect: () => onFreeze((focused ?? -1) + 1),
        },
        {
          label: 'Fit the width of the column',
          icon: <MoveHorizontal />,
          disabled: focused === null,
          onSelect: () => onFit(focused ?? 0),
        },
        ...(frozen === 0
          ? []
          : [{ label: 'Unfreeze columns', icon: <PinOff />, onSelect: () => onFreeze(0) }]),
      ]}
    >
      {children}
    </ContextMenu>
  );
}
