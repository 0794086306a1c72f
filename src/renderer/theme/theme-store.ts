import type { Settings } from '@shared/models/app-info';
import { create } from 'zustand';
import { call } from '../api/postern';

export type ThemePreference = Settings['theme'];
export type Theme = 'light' | 'dark';

const storageKey = 'postern.theme';

/** The theme that a preference comes to under the system's own. */
function resolveTheme(preference: ThemePreference, systemIsDark: boolean): Theme {
  if (preference === 'system') return systemIsDark ? 'dark' : 'light';
  return preference;
}

interface ThemeState {
  readonly preference: ThemePreference;
  readonly theme: Theme;
}

/** The theme in force; read it with `useTheme(state => state.theme)`. */
export const useTheme = create<ThemeState>(() => ({ preference: 'system', theme: 'light' }));

function apply(preference: ThemePreference): void {
  const theme = resolveTheme(preference, matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = theme;
  // A copy for the next start, which must colour the page before main has answered.
  localStorage.setItem(storageKey, preference);
  useTheme.setState({ preference, theme });
}

function storedPreference(): ThemePreference {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Colours the page from what is known at once, then from main's settings; follows the system. */
export async function startTheme(): Promise<void> {
  apply(storedPreference());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    apply(useTheme.getState().preference),
  );
  const settings = await call('settings:get');
  apply(settings.theme);
}

/** Shows a theme at once and keeps the choice. Raises CallError when it could not be stored. */
export async function chooseTheme(preference: ThemePreference): Promise<void> {
  apply(preference);
  await call('settings:update', { theme: preference });
}
