import { useId, useRef, useState } from 'react';
import { ContextMenu, type MenuActions } from '../../components/menu';
import { load } from './catalog-load';
import { updateCatalog } from './catalog-store';
import type { TreeRow } from './tree-node';
import { TreeRowView } from './tree-row';
import { collapseRow, expandRow } from './unfold-row';
import { useTreeKeys } from './use-tree-keys';
import { useTreeWindow } from './use-tree-window';
import styles from './schema-browser.module.css';

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
  /** Asked for the field that narrows the tree. */
  readonly onFind: () => void;
  readonly menuActions: (row: TreeRow) => MenuActions;
}

/** The tree: it draws only the rows in view, and is one stop of the Tab key. */
export function SchemaTree(props: SchemaTreeProps) {
  const { connectionId, rows, activeKey } = props;
  const treeId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const isPressed = useRef(false);
  const [menuRow, setMenuRow] = useState<TreeRow | null>(null);
  const active = rows.findIndex(({ key }) => key === activeKey);

  const virtualizer = useTreeWindow({
    connectionId,
    scroller,
    rows,
    active,
    revealKey: props.revealKey,
  });

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

  const handleKey = useTreeKeys({
    connectionId,
    treeId,
    scroller,
    rows,
    active,
    focusIndex,
    activate,
    toggle,
    onCopyName: props.onCopyName,
    onFind: props.onFind,
  });

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
        onPointerDown={() => {
          isPressed.current = true;
        }}
        // Scrolled to its first line it would put another one under the pointer.
        onFocus={() => active < 0 && !isPressed.current && focusIndex(0)}
        onClick={() => {
          isPressed.current = false;
        }}
        onBlur={() => {
          isPressed.current = false;
        }}
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
