import { defaultSettings, type Settings, type SettingsChange } from '@shared/models/settings';
import { create } from 'zustand';
import { call } from './postern';

/** The settings in force; read them with `useSettings(state => state.tabSize)`. */
export const useSettings = create<Settings>(() => defaultSettings);

/** Takes over what main has kept. Raises CallError; the settings then stay as they are. */
export async function loadSettings(): Promise<void> {
  useSettings.setState(await call('settings:get'));
}

/**
 * Applies a change at once, then has main keep it. Raises CallError when it could not be kept: it
 * holds until the end of the process all the same.
 */
export async function changeSettings(change: SettingsChange): Promise<void> {
  useSettings.setState(given(change));
  await call('settings:update', change);
}

/** Without the names whose value is undefined, which would unset them. */
function given(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
