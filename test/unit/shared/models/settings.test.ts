import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  defaultsOf,
  settingGroups,
  settingsChangeSchema,
  settingsSchema,
} from '../../../../src/shared/models/settings';

describe('settings', () => {
  it('have defaults that are valid', () => {
    expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings);
  });

  it('belong to one group each, so that each can be reset', () => {
    expect(Object.values(settingGroups).flat().toSorted()).toEqual(
      Object.keys(settingsSchema.shape).toSorted(),
    );
  });

  it('of one group are reset without touching another', () => {
    expect(defaultsOf('results')).toEqual({ resultMemoryMb: 256, firstRows: 500 });
  });

  it('refuse what they may not be, and names they do not know', () => {
    expect(settingsChangeSchema.safeParse({ tabSize: 0 }).success).toBe(false);
    expect(settingsChangeSchema.safeParse({ tabSize: 2.5 }).success).toBe(false);
    // NULL shown as nothing could not be told from an empty text.
    expect(settingsChangeSchema.safeParse({ nullText: '' }).success).toBe(false);
    expect(settingsChangeSchema.safeParse({ confirmProduction: false }).success).toBe(false);
    expect(settingsChangeSchema.parse({ tabSize: 8 })).toEqual({ tabSize: 8 });
  });
});
