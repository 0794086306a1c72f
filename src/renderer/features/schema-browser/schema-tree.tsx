import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { ContextMenu, type MenuActions } from '../../components/menu';
import { load } from './catalog-load';
import { updateCatalog, catalogOf } from './catalog-store';
import { collapseRow, expandRow } from './unfold-row';
import { detailsOf } from './details-of';
import { treeAction, typeaheadMatch } from './tree-keyboard';
import { TreeRowView } from './tree-row';
import type { TreeRow } from './tree-node';
import styles from './schema-browser.module.css';

const rowHeight = 26;
/** Characters typed within this many milliseconds of each other make one word. */
const typeaheadMs = 700;

interface SchemaTreeProps {
  readonly connectionId: string;
  readonly rows: readonly TreeRow[];
  readonly activeKey: string | null;
  /** The line to scroll to once it is there. */
  readonly revealKey: string | null;
  readonly filter: string;
  /** Enter or a double click on what can be opened. */
  readonly onOpen: (row: TreeRow) => void;
  /** Whether Enter and a double click open a row; they unfold it otherwise. */
  readonly canOpen: (row: TreeRow) => boolean;
  readonly onCopyName: (row: TreeRow) => void;
  readonly menuActions: (row: TreeRow) => MenuActions;
}

/** The tree: it draws only the rows in view, and is one stop of the Tab key. */
export function SchemaTree(props: SchemaTreeProps) {
  const { connectionId, rows, activeKey } = props;
  const treeId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const [menuRow, setMenuRow] = useState<TreeRow | null>(null);
  const active = rows.findIndex(({ key }) => key === activeKey);

  // oxlint-disable-next-line react/incompatible-library -- the compiler it speaks of is not in use
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset: catalogOf(connectionId).scrollOffset,
    getItemKey: (index) => rows[index]?.key ?? index,
    // The active row is always drawn: aria-activedescendant must name an element that exists.
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        return active < 0 || visible.includes(active)
          ? visible
          : [...visible, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });

  useEffect(() => {
    const element = scroller.current;
    return () => {
      const scrollOffset = element?.scrollTop ?? 0;
      updateCatalog(connectionId, () => ({ scrollOffset }));
    };
  }, [connectionId]);

  useEffect(() => {
    if (props.revealKey === null) return;
    const index = rows.findIndex(({ key }) => key === props.revealKey);
    if (index < 0) return;
    virtualizer.scrollToIndex(index, { align: 'center' });
    updateCatalog(connectionId, () => ({ revealKey: null }));
  }, [connectionId, props.revealKey, rows, virtualizer]);

  const focusIndex = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    updateCatalog(connectionId, () => ({ activeKey: row.key }));
    virtualizer.scrollToIndex(index);
  };
  const toggle = (row: TreeRow): void => {
    updateCatalog(connectionId, () => ({ activeKey: row.key }));
    if (row.expanded === true) collapseRow(connectionId, row);
    else if (row.expanded === false) expandRow(connectionId, row);
  };
  const activate = (row: TreeRow): void => {
    if (row.content.kind === 'failed') void load(connectionId, row.content.retry);
    else if (props.canOpen(row)) props.onOpen(row);
    else toggle(row);
  };

  const findTyped = (character: string, at: number): void => {
    const { current } = typed;
    const text = at - current.at < typeaheadMs ? current.text + character : character;
    typed.current = { text, at };
    focusIndex(typeaheadMatch(rows, active, text));
  };

  const openMenuOfActiveRow = (): void => {
    const element = document.getElementById(`${treeId}-${active}`);
    if (!element) return;
    const { left, bottom } = element.getBoundingClientRect();
    element.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, clientX: left + 40, clientY: bottom }),
    );
  };

  const handleKey = (event: KeyboardEvent): void => {
    const row = rows[active];
    const isMenuKey = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
    if (isMenuKey) {
      event.preventDefault();
      openMenuOfActiveRow();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'i' && row) {
      event.preventDefault();
      detailsOf(connectionId, row.content)?.();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && row) {
      event.preventDefault();
      props.onCopyName(row);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageSize = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const action = treeAction(rows, active, event.key, pageSize);
    if (action !== null) event.preventDefault();
    else if (event.key.length === 1 && event.key !== ' ') findTyped(event.key, event.timeStamp);
    if (action?.kind === 'focus') focusIndex(action.index);
    else if (action?.kind === 'activate') activate(action.row);
    else if (action) toggle(action.row);
  };

  return (
    <ContextMenu actions={menuRow ? props.menuActions(menuRow) : []}>
      <div
        ref={scroller}
        role="tree"
        aria-label="Schema browser"
        tabIndex={0}
        className={styles['tree']}
        data-schema-tree=""
        {...(active >= 0 && { 'aria-activedescendant': `${treeId}-${active}` })}
        onKeyDown={handleKey}
        onFocus={() => active < 0 && focusIndex(0)}
        onContextMenu={(event) => {
          const key =
            event.target instanceof Element
              ? event.target.closest<HTMLElement>('[data-row-key]')?.dataset['rowKey']
              : undefined;
          const row = rows.find((candidate) => candidate.key === key);
          // The menu is for rows: elsewhere there is nothing to do.
          if (!row || props.menuActions(row).length === 0) event.preventDefault();
          else updateCatalog(connectionId, () => ({ activeKey: row.key }));
          setMenuRow(row ?? null);
        }}
      >
        <div className={styles['rows']} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <TreeRowView
                key={item.key}
                id={`${treeId}-${item.index}`}
                row={row}
                isActive={item.index === active}
                filter={props.filter}
                top={item.start}
                onPress={(pressed) => {
                  const { kind } = pressed.content;
                  if (kind === 'schema' || kind === 'folder') toggle(pressed);
                  else updateCatalog(connectionId, () => ({ activeKey: pressed.key }));
                }}
                onOpen={(opened) => {
                  if (props.canOpen(opened)) props.onOpen(opened);
                }}
                onToggle={toggle}
                onRetry={(request) => void load(connectionId, request)}
              />
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}
