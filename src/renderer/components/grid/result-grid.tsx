import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import { useSettings } from '../../api/settings';
import { classNames } from '../class-names';
import { KeptWidth } from '../kept-width';
import type { MenuActions } from '../menu';
import { PaneSeparator } from '../pane-separator';
import { CellDetail } from './cell-detail';
import type { InsertTarget } from './column-sources';
import { ColumnViewport } from './column-viewport';
import { copyCells } from './copy-cells';
import type { CopyFormat } from './copy-formats';
import { GoToRow } from './go-to-row';
import { GridContextMenu } from './grid-context-menu';
import { answerGridKey } from './grid-keyboard';
import { gridMemory } from './grid-memory';
import { GridPointer } from './grid-pointer';
import { GridView } from './grid-view';
import { askForMenuAtCell } from './menu-at-cell';
import styles from './grid.module.css';
import layout from './result-grid.module.css';
import type { RowSource } from './row-source';
import { type CellPosition, selectedRange } from './selection';

interface ResultGridProps {
  readonly source: RowSource;
  /** What "Copy as INSERT" inserts into. */
  readonly target: InsertTarget;
  /** What the header of each column tells beyond its name and type, in lines. */
  readonly columnNotes?: readonly string[] | undefined;
  /** Says in one line what was copied. */
  readonly onCopied: (message: string) => void;
  /** What the context menu offers for a cell beyond the grid's own. */
  readonly actionsFor?: (cell: CellPosition) => MenuActions;
  /** Asked for in the context menu; left out where the rows cannot be exported. */
  readonly onExport?: (() => void) | undefined;
  /** What stands between the header and the rows, and follows the columns. */
  readonly band?: GridBand | undefined;
  /** What is said where there are no rows; "No rows" where it is left out. */
  readonly noRows?: ReactNode;
  /** Called after a person froze the first `count` columns; 0 is none. */
  readonly onFreeze?: (count: number) => void;
  /** Called after a column got another width by the menu. */
  readonly onResize?: () => void;
}

/** The width that a person gave the panel of a value last. */
const detailWidth = new KeptWidth('postern.value-width', 240);

/** A strip of a fixed height in CSS pixels. */
export interface GridBand {
  readonly height: number;
  readonly render: (columns: ColumnViewport) => ReactNode;
}

/** The rows of a result, with selection, copying, and a panel for one whole value. */
export function ResultGrid(props: ResultGridProps) {
  // A grid measures and writes its rows when it is made: what changes that makes it anew.
  const look = useSettings(({ gridDensity, nullText }) => `${gridDensity} ${nullText}`);
  return <GridPane key={look} {...props} />;
}

function GridPane(props: ResultGridProps) {
  const { source, target, onCopied, onExport, actionsFor, band, columnNotes } = props;
  const { onFreeze, onResize } = props;
  const [columns] = useState(() => new ColumnViewport());
  const bandHeight = band?.height ?? 0;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<GridView | null>(null);
  const [focus, setFocus] = useState<CellPosition | null>(
    gridMemory(source).selection?.focus ?? null,
  );
  const [frozen, setFrozen] = useState(gridMemory(source).frozen);
  const [isDetailOpen, setDetailOpen] = useState(false);
  const [isGoingToRow, setGoingToRow] = useState(false);

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const memory = gridMemory(source);
    const onSelect = (): void => setFocus(memory.selection?.focus ?? null);
    const created = new GridView(element, source, memory, { bandHeight, columns, onSelect });
    const pointer = new GridPointer(element, created, () => setDetailOpen(true));
    setView(created);
    setFrozen(memory.frozen);
    setFocus(memory.selection?.focus ?? null);
    return () => {
      pointer.destroy();
      created.destroy();
      setView(null);
    };
  }, [source, bandHeight, columns]);

  useEffect(() => {
    if (columnNotes !== undefined) view?.noteColumns(columnNotes);
  }, [view, columnNotes]);

  const copy = (format: CopyFormat): void => {
    const { selection } = gridMemory(source);
    const extent = { rows: source.rowCount, columns: source.columns.length };
    const range = selection === null ? null : selectedRange(selection, extent);
    if (range === null) return;
    void copyCells(source, range, format, target).then(onCopied);
  };

  const freeze = (count: number): void => {
    view?.freeze(count);
    setFrozen(count);
    onFreeze?.(count);
  };

  const fit = (column: number): void => {
    view?.fitColumn(column);
    onResize?.();
  };

  return (
    <Group orientation="horizontal" className={layout['pane']} disableCursor>
      <Panel id="rows" className={layout['rows']} minSize={120}>
        <div
          className={layout['area']}
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- React's type has no custom properties
          style={{ '--band-height': `${bandHeight}px` } as CSSProperties}
        >
          <GridContextMenu
            onCopy={copy}
            onOpenDetail={() => setDetailOpen(true)}
            onGoToRow={() => setGoingToRow(true)}
            onExport={onExport}
            cellActions={focus === null ? [] : (actionsFor?.(focus) ?? [])}
            isEmpty={source.rowCount === 0}
            columns={{ focused: focus?.column ?? null, frozen, onFreeze: freeze, onFit: fit }}
          >
            <div
              ref={host}
              role="grid"
              tabIndex={0}
              aria-label="Result"
              aria-multiselectable="true"
              aria-readonly="true"
              data-focus-target="results"
              className={classNames(styles['grid'], layout['grid'])}
              onContextMenuCapture={({ currentTarget, nativeEvent }) =>
                askForMenuAtCell(currentTarget, nativeEvent)
              }
              onKeyDown={(event) => {
                if (view === null || event.target !== event.currentTarget) return;
                const commands = {
                  copy: () => copy('tsv'),
                  openDetail: () => setDetailOpen((isOpen) => !isOpen),
                  goToRow: () => setGoingToRow(true),
                };
                if (event.key === 'Escape' && source.state.status === 'reading') {
                  source.stopReading();
                  event.stopPropagation();
                  return;
                }
                if (event.key === 'Escape' && isDetailOpen) {
                  setDetailOpen(false);
                  event.stopPropagation();
                } else if (answerGridKey(event, view, commands)) {
                  event.preventDefault();
                  event.stopPropagation();
                }
              }}
            />
          </GridContextMenu>
          {source.rowCount === 0 && (
            <div className={layout['noRows']}>{props.noRows ?? <p>No rows</p>}</div>
          )}
          {band !== undefined && <div className={layout['band']}>{band.render(columns)}</div>}
        </div>
        {isGoingToRow && (
          <GoToRow
            source={source}
            onClose={(isByKey) => {
              setGoingToRow(false);
              if (isByKey) host.current?.focus();
            }}
            onGo={(row) => {
              const cell = { row, column: focus?.column ?? 0 };
              view?.select({ kind: 'cells', anchor: cell, focus: cell });
            }}
          />
        )}
      </Panel>
      {isDetailOpen && focus !== null && (
        <>
          <PaneSeparator />
          <Panel
            id="value"
            className={layout['rows']}
            defaultSize={detailWidth.get() ?? '34%'}
            minSize={detailWidth.minimum}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }, _id, previous) => previous && detailWidth.keep(inPixels)}
          >
            <CellDetail
              source={source}
              cell={focus}
              note={columnNotes?.[focus.column] ?? ''}
              onClose={() => {
                setDetailOpen(false);
                host.current?.focus();
              }}
              onCopied={onCopied}
            />
          </Panel>
        </>
      )}
    </Group>
  );
}
