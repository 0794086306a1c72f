import type { KeyboardEvent } from 'react';
import { latinKey } from '../../components/latin-key';

/** What keys ask of a table beyond the grid's own. */
export type TableCommand =
  | 'back'
  | 'forward'
  | 'referenced'
  | 'referring'
  | 'filter'
  | 'filter-row'
  | 'export'
  | 'reload'
  | 'sort'
  | 'add-sort';

/** The keys of a pressed key that matter to a table. */
interface TableKey {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** The command that a key stands for; null for any other key. */
export function tableCommandOf(event: TableKey): TableCommand | null {
  const primary = event.ctrlKey || event.metaKey;
  if (event.altKey && !primary) return withAlt(event);
  if (event.altKey) return null;
  if (!primary) return event.key === 'F5' ? 'reload' : null;
  switch (latinKey(event)) {
    case 'f':
      return event.shiftKey ? 'filter-row' : 'filter';
    case 'e':
      return event.shiftKey ? 'export' : null;
    default:
      return null;
  }
}

/** What each command does. */
export type TableCommands = Readonly<Record<TableCommand, (target: EventTarget) => void>>;

/** Carries out the command of a key, which then means nothing else. */
export function answerTableKey(event: KeyboardEvent, commands: TableCommands): void {
  const command = tableCommandOf(event);
  // In a text the same keys move by words on some systems.
  const isForText = event.altKey && event.target instanceof HTMLInputElement;
  if (command === null || isForText) return;
  event.preventDefault();
  event.stopPropagation();
  commands[command](event.target);
}

function withAlt(event: TableKey): TableCommand | null {
  switch (event.key) {
    case 'ArrowLeft':
      return 'back';
    case 'ArrowRight':
      return 'forward';
    case 'ArrowDown':
      return 'referenced';
    case 'ArrowUp':
      return 'referring';
    default:
      break;
  }
  if (latinKey(event) !== 's') return null;
  return event.shiftKey ? 'add-sort' : 'sort';
}
