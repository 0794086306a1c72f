import { latinKey } from '../latin-key';
import type { GridView } from './grid-view';
import { type GridMotion, motionOfKey, moveCell } from './selection';

/** What keys ask for beyond moving and selecting. */
export interface GridCommands {
  readonly copy: () => void;
  readonly openDetail: () => void;
  readonly goToRow: () => void;
}

export interface GridKeyEvent {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Answers a key in the grid. Returns whether the key was meant for it. */
export function answerGridKey(
  event: GridKeyEvent,
  view: GridView,
  commands: GridCommands,
): boolean {
  if (event.altKey) return false;
  const primaryKey = event.ctrlKey || event.metaKey;
  if (primaryKey) {
    switch (latinKey(event)) {
      case 'c':
        commands.copy();
        return true;
      case 'g':
        commands.goToRow();
        return true;
      case 'a':
        selectAll(view);
        return true;
    }
  }
  // ARIA Authoring Practices, "Grid Pattern": Control and Space take the column, Shift and Space the row.
  if (event.key === ' ' && primaryKey !== event.shiftKey) {
    selectLine(view, primaryKey ? 'columns' : 'rows');
    return true;
  }
  // Enter with a modifier runs the statement.
  if (!primaryKey && (event.key === 'Enter' || event.key === ' ')) {
    commands.openDetail();
    return true;
  }
  return move({ key: event.key, shiftKey: event.shiftKey, primaryKey }, view);
}

function selectLine(view: GridView, kind: 'columns' | 'rows'): void {
  const focus = view.selection?.focus ?? { row: 0, column: 0 };
  view.select({ kind, anchor: focus, focus }, false);
}

function selectAll(view: GridView): void {
  const focus = view.selection?.focus ?? { row: 0, column: 0 };
  view.select({ kind: 'all', anchor: focus, focus }, false);
}

function move(
  key: { key: string; shiftKey: boolean; primaryKey: boolean },
  view: GridView,
): boolean {
  const motion = motionOfKey(key);
  const { extent, selection } = view;
  if (motion === null || extent.rows === 0 || extent.columns === 0) return false;
  if (selection === null) {
    const first = { row: 0, column: 0 };
    view.select({ kind: 'cells', anchor: first, focus: first });
    return true;
  }
  const isToEnd = motion === 'last-cell' || motion === 'last-row';
  if (isToEnd && view.source.state.status !== 'complete') void goToEnd(view, motion, key.shiftKey);
  const focus = moveCell(selection.focus, motion, extent, view.rowsPerPage);
  // At the last cell Tab leaves the grid, or the keyboard could not get out of it.
  const isTab = motion === 'next' || motion === 'previous';
  if (isTab && focus === selection.focus) return false;
  if (motion === 'page-up') view.scrollRows(-view.rowsPerPage);
  if (motion === 'page-down') view.scrollRows(view.rowsPerPage);
  const isExtending = key.shiftKey && !isTab;
  view.select({
    kind: isExtending ? selection.kind : 'cells',
    anchor: isExtending ? selection.anchor : focus,
    focus,
  });
  return true;
}

/** Reads the rest into main, then goes to the last row, unless something else was selected meanwhile. */
async function goToEnd(view: GridView, motion: GridMotion, isExtending: boolean): Promise<void> {
  const reading = view.source.readToEnd();
  // The key itself goes to the last row that is here: only after that is the selection compared.
  await Promise.resolve();
  const before = view.selection;
  await reading;
  if (before === null || view.selection !== before) return;
  const focus = moveCell(before.focus, motion, view.extent, view.rowsPerPage);
  view.select({ kind: before.kind, anchor: isExtending ? before.anchor : focus, focus });
}
