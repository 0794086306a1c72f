import type { SettingsChange } from '@shared/models/settings';
import { errorData } from '../api/postern';
import { changeSettings } from '../api/settings';
import { showToast } from './toast-store';

/** Applies a change of settings at once; says so where it could not be kept. */
export async function applySettings(change: SettingsChange): Promise<void> {
  try {
    await changeSettings(change);
  } catch (error) {
    showToast({
      tone: 'danger',
      message: `The settings were not saved: ${errorData(error).message}`,
    });
  }
}
