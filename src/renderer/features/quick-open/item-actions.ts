import type { ItemTarget } from './items';

/** What can be done with a target: by Enter alone, with Control or Command, and with Shift. */
export type ItemAction = 'open' | 'insert' | 'reveal';

/** The action of a key press or a click; null for one that the target does not have. */
export function actionOf(
  target: ItemTarget,
  press: { readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean },
): ItemAction | null {
  if (press.ctrlKey || press.metaKey) return target.kind === 'object' ? 'insert' : null;
  if (press.shiftKey) return target.kind === 'object' ? 'reveal' : null;
  return 'open';
}

const rowKinds: ReadonlySet<string> = new Set([
  'table',
  'partitioned table',
  'view',
  'materialized view',
  'foreign table',
]);

/** Whether opening an object shows its rows; everything else is shown in the tree. */
export function hasRows(kind: string): boolean {
  return rowKinds.has(kind);
}

/** What Enter does with a target, in words. */
export function openingText(target: ItemTarget): string {
  switch (target.kind) {
    case 'object':
      if (!hasRows(target.hit.kind)) return 'show in tree';
      return target.hit.canUse ? 'open rows' : 'show in tree';
    case 'command':
      return 'run';
    case 'saved-query':
      return 'open in a tab';
    case 'tab':
    case 'connection':
      return 'go to';
    case 'profile':
      return 'connect';
  }
}
