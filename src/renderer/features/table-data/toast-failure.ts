import { errorData } from '../../api/postern';
import { showToast } from '../../components/toast-store';

/** Tells of a failure that nothing on the screen stands for. */
export function toastFailure(error: unknown): void {
  const data = errorData(error);
  // What is gone already needs no ending.
  if (data.kind !== 'NotFound') showToast({ tone: 'danger', message: data.message });
}
