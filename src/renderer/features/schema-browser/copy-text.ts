import { errorData } from '../../api/postern';
import { showToast } from '../../components/toast-store';

/** Puts a text on the clipboard; says so where that fails. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    showToast({
      tone: 'danger',
      message: `The ${what} was not copied: ${errorData(error).message}`,
    });
  }
}
