import { dialog } from 'electron';
import type { AskToEnd } from '../services/query/cancelling/escalation';
import { describeEndQuestion } from '../services/query/cancelling/escalation-text';
import { windowOf } from '../window/window-of';

/**
 * Asks in a native dialog of the window that cancelled. "Keep waiting" is the default button and what
 * Escape means; the dialog goes away by itself when the statement has ended meanwhile.
 */
export function askToEndIn(webContentsId: number): AskToEnd {
  return async (question, isOver) => {
    const window = windowOf(webContentsId);
    // Without its window nobody can answer: that is a no.
    if (window === null) return false;
    const { message, detail, confirmLabel } = describeEndQuestion(question);
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Postern: cancel',
      message,
      detail,
      buttons: ['Keep waiting', confirmLabel],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: isOver,
    });
    return response === 1;
  };
}
