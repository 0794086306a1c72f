import { copyText } from './clipboard';
import { showToast } from './toast-store';

/** Puts a text on the clipboard; says so where that fails. `what` it is: "definition". */
export function copyOrTell(text: string, what: string): void {
  if (copyText(text)) return;
  showToast({
    tone: 'danger',
    message: `The ${what} was not copied: the clipboard did not take it.`,
  });
}
