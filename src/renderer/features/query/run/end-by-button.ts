import { focusShownPane } from '../focus-shown-pane';
import { endTransaction } from './end-transaction';

/** Ends a tab's open transaction. The button that does it goes with it: the keyboard goes on in the editor. */
export async function endByButton(
  connectionId: string,
  tabId: string,
  command: 'COMMIT' | 'ROLLBACK',
): Promise<void> {
  await endTransaction(connectionId, tabId, command);
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusShownPane();
  });
}
