import { dialog } from 'electron';
import type { Confirm, ConfirmationAnswer } from '../services/query/confirmation/confirmation';
import { describeConfirmation } from '../services/query/confirmation/confirmation-text';
import { windowOf } from '../window/window-of';

const no: ConfirmationAnswer = { choice: 'cancel', waive: false };

/**
 * Asks in a native dialog of the window that sent the statements. Cancel is the default button and
 * what Escape and closing the dialog mean; it goes away by itself when the run was cancelled meanwhile.
 */
export function confirmIn(webContentsId: number): Confirm {
  return async (request, isOver) => {
    const window = windowOf(webContentsId);
    // Without its window nobody can answer: that is a no.
    if (window === null) return no;
    const { message, detail, waiver } = describeConfirmation(request);
    const choices = request.canReview
      ? (['cancel', 'review', 'run'] as const)
      : (['cancel', 'run'] as const);
    const { response, checkboxChecked } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Postern: confirmation',
      message,
      detail,
      buttons: choices.map((choice) => labels[choice]),
      defaultId: choices.indexOf('cancel'),
      cancelId: choices.indexOf('cancel'),
      noLink: true,
      signal: isOver,
      ...(waiver !== null && { checkboxLabel: waiver }),
    });
    const choice = choices[response] ?? 'cancel';
    return { choice, waive: checkboxChecked && choice !== 'cancel' };
  };
}

const labels = {
  cancel: 'Cancel',
  review: 'Run in a transaction and review',
  run: 'Run',
} as const;
