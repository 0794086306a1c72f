import { dialog } from 'electron';
import {
  describeHostKeyRequest,
  type ConfirmHostKey,
} from '../services/connections/host-key-consent';
import { windowOf } from '../window/window-of';

const buttons = ['Cancel', 'Trust and connect'];

/**
 * Asks in a native dialog of the window that opens the connection. Cancel is the default button and
 * what Escape and closing the dialog mean.
 */
export function confirmHostKeyIn(webContentsId: number): ConfirmHostKey {
  return async (request, signal) => {
    const window = windowOf(webContentsId);
    // Without its window nobody can answer: that is a no.
    if (window === null) return false;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Postern: unknown SSH host',
      ...describeHostKeyRequest(request),
      buttons,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    return response === 1;
  };
}
