import { errorData } from '../api/postern';
import { showToast } from './toast-store';

/** Does something whose failure is told in a toast. Resolves with whether it was done; never rejects. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
    return false;
  }
}
