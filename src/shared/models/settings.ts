import { z } from 'zod';

export const themePreferences = ['system', 'light', 'dark'] as const;
export const gridDensities = ['compact', 'regular', 'spacious'] as const;
/** How NULL is written in a grid: never as nothing, which an empty text would look like. */
export const nullTexts = ['NULL', 'null', '(null)', '∅'] as const;
export const keywordCases = ['as-typed', 'upper', 'lower'] as const;

/** Every setting with the values that it may have. */
const values = {
  theme: z.enum(themePreferences),
  /** CSS pixels. */
  editorFontSize: z.number().int().min(9).max(32),
  gridDensity: z.enum(gridDensities),
  nullText: z.enum(nullTexts),

  /** Columns that a tab character is wide, and spaces of one step of indentation. */
  tabSize: z.number().int().min(1).max(16),
  wordWrap: z.boolean(),
  /** Whether completions are offered while typing; by key they always are. */
  autocompletion: z.boolean(),
  /** The case of completed key words; as typed follows the letters before the cursor. */
  keywordCase: z.enum(keywordCases),

  /** Megabytes of memory for the rows of all results: an eighth in main, the rest in the window. */
  resultMemoryMb: z.number().int().min(64).max(8192),
  /** Rows that are read before a result or a table is shown. */
  firstRows: z.number().int().min(50).max(10_000),
} as const;

/** What the application remembers of a person's preferences; nothing in it is secret. */
export const settingsSchema = z.object(values);
export type Settings = z.infer<typeof settingsSchema>;

/** Settings to change; the rest stays. */
export const settingsChangeSchema = z.strictObject(values).partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** What holds until a person chooses something else. */
export const defaultSettings: Settings = {
  theme: 'system',
  editorFontSize: 13,
  gridDensity: 'regular',
  nullText: 'NULL',
  tabSize: 4,
  wordWrap: false,
  autocompletion: true,
  keywordCase: 'as-typed',
  resultMemoryMb: 256,
  firstRows: 500,
};

/** The settings that stand together and are reset together. */
export const settingGroups = {
  appearance: ['theme', 'editorFontSize', 'gridDensity', 'nullText'],
  editor: ['tabSize', 'wordWrap', 'autocompletion', 'keywordCase'],
  results: ['resultMemoryMb', 'firstRows'],
} as const satisfies Readonly<Record<string, readonly (keyof Settings)[]>>;
export type SettingGroup = keyof typeof settingGroups;

/** The change that gives a group its defaults back. */
export function defaultsOf(group: SettingGroup): SettingsChange {
  return Object.fromEntries(settingGroups[group].map((name) => [name, defaultSettings[name]]));
}

/** What the application keeps on disk, by the names that the settings show. */
export const keptPlaces = [
  'profiles',
  'knownHosts',
  'settings',
  'workspaces',
  'savedQueries',
  'history',
  'results',
  'logs',
] as const;
export type KeptPlace = (typeof keptPlaces)[number];

/** A file or folder of the application's own. */
export const placeSchema = z.object({ place: z.enum(keptPlaces), path: z.string() });
export type Place = z.infer<typeof placeSchema>;
