import { create } from 'zustand';
import type { PageName } from './pages';

interface SettingsDialogState {
  /** The page in front; null while the dialog is closed. */
  readonly page: PageName | null;
}

/** Whether the settings are open, and at which page. */
export const useSettingsDialog = create<SettingsDialogState>(() => ({ page: null }));

/** Opens the settings, at a page where one is named. */
export function openSettings(page: PageName = 'appearance'): void {
  useSettingsDialog.setState({ page });
}

/** Closes the settings. */
export function closeSettings(): void {
  useSettingsDialog.setState({ page: null });
}
