import { useRef, type KeyboardEvent, type RefObject } from 'react';
import { latinKey } from '../../components/latin-key';
import { detailsOf } from './details-of';
import { treeAction, typeaheadMatch } from './tree-keyboard';
import type { TreeRow } from './tree-node';
import { rowHeight } from './use-tree-window';

/** Characters typed within this many milliseconds of each other make one word. */
const typeaheadMs = 700;

interface TreeKeys {
  readonly connectionId: string;
  readonly treeId: string;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly TreeRow[];
  /** The index of the active line; -1 for none. */
  readonly active: number;
  readonly focusIndex: (index: number) => void;
  readonly activate: (row: TreeRow) => void;
  readonly toggle: (row: TreeRow) => void;
  readonly onCopyName: (row: TreeRow) => void;
  readonly onFind: () => void;
}

/** What the keys do in the tree; it has the focus, and its lines have none. */
export function useTreeKeys({
  connectionId,
  treeId,
  scroller,
  rows,
  active,
  focusIndex,
  activate,
  toggle,
  onCopyName,
  onFind,
}: TreeKeys): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });

  const findTyped = (character: string, at: number): void => {
    const { current } = typed;
    const text = at - current.at < typeaheadMs ? current.text + character : character;
    typed.current = { text, at };
    focusIndex(typeaheadMatch(rows, active, text));
  };

  /** What a key with Control or Command does. */
  const answerOf = (key: string, row: TreeRow | undefined): (() => void) | undefined => {
    if (key === 'f') return onFind;
    if (row === undefined) return undefined;
    if (key === 'i') return () => detailsOf(connectionId, row.content)?.();
    return key === 'c' ? () => onCopyName(row) : undefined;
  };

  const openMenuOfActiveRow = (): void => {
    const element = document.getElementById(`${treeId}-${active}`);
    if (!element) return;
    const { left, bottom } = element.getBoundingClientRect();
    element.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, clientX: left + 40, clientY: bottom }),
    );
  };

  return (event) => {
    const row = rows[active];
    const isMenuKey = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
    if (isMenuKey) {
      event.preventDefault();
      openMenuOfActiveRow();
      return;
    }
    if (event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const answer = event.shiftKey ? undefined : answerOf(latinKey(event), row);
      if (answer === undefined) return;
      event.preventDefault();
      answer();
      return;
    }
    const pageSize = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const action = treeAction(rows, active, event.key, pageSize);
    if (action !== null) event.preventDefault();
    else if (event.key.length === 1 && event.key !== ' ') findTyped(event.key, event.timeStamp);
    if (action?.kind === 'focus') focusIndex(action.index);
    else if (action?.kind === 'activate') activate(action.row);
    else if (action) toggle(action.row);
  };
}
