import type { Settings } from '@shared/models/settings';
import { create } from 'zustand';
import { useSettings } from '../api/settings';

export type ThemePreference = Settings['theme'];
export type Theme = 'light' | 'dark';

const storageKey = 'postern.theme';

/** The theme that a preference comes to under the system's own. */
function resolveTheme(preference: ThemePreference, systemIsDark: boolean): Theme {
  if (preference === 'system') return systemIsDark ? 'dark' : 'light';
  return preference;
}

/** The theme in force; read it with `useTheme(state => state.theme)`. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: 'light' }));

function apply(preference: ThemePreference): void {
  const theme = resolveTheme(preference, matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = theme;
  // A copy for the next start, which must colour the page before main has answered.
  localStorage.setItem(storageKey, preference);
  useTheme.setState({ theme });
}

function storedPreference(): ThemePreference {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Colours the page from what is known at once; follows the settings and the system from then on. */
export function startTheme(): void {
  useSettings.setState({ theme: storedPreference() });
  apply(useSettings.getState().theme);
  useSettings.subscribe(({ theme }, previous) => theme !== previous.theme && apply(theme));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    apply(useSettings.getState().theme),
  );
}
