import { nativeTheme } from 'electron';
import type { Settings } from '@shared/models/settings';

/** Makes native dialogs, menus and the window's first colour follow the chosen theme. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}
