import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../../src/shared/commands';
import {
  matchingShortcuts,
  shortcutGroups,
} from '../../../../src/renderer/features/settings/shortcut-list';

const labels = (typed: string): string[] =>
  matchingShortcuts(shortcutGroups, typed).flatMap(({ shortcuts }) =>
    shortcuts.map(({ label }) => label),
  );

describe('the list of shortcuts', () => {
  it('has every command of the window', () => {
    expect(shortcutGroups[0]?.shortcuts).toHaveLength(commandNames.length);
  });

  it('names nothing twice in a group', () => {
    for (const { title, shortcuts } of shortcutGroups) {
      const labels = new Set(shortcuts.map(({ label }) => label));
      expect([title, labels.size]).toEqual([title, shortcuts.length]);
    }
  });

  it('is found by words and by keys, in any order and case', () => {
    expect(labels('tab CLOSED')).toEqual(['Reopen Closed Tab']);
    expect(labels('ctrl+shift+p')).toEqual(['Command Palette']);
    expect(labels('')).toHaveLength(shortcutGroups.flatMap(({ shortcuts }) => shortcuts).length);
    expect(labels('no such words')).toEqual([]);
  });
});
