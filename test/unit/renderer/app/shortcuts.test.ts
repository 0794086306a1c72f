import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../../src/renderer/app/shortcuts';
import { commandNames, commands } from '../../../../src/shared/commands';

type Modifiers = Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>>;
const press = (key: string, modifiers: Modifiers, code = '') => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});
const control = { ctrlKey: true } as const;
const controlShift = { ctrlKey: true, shiftKey: true } as const;

describe('commandOf', () => {
  it('takes Control, and Command on a Mac', () => {
    expect(commandOf(press('b', control), false)).toBe('toggle-sidebar');
    expect(commandOf(press('b', { metaKey: true }), true)).toBe('toggle-sidebar');
    expect(commandOf(press('b', control), true)).toBeNull();
    expect(commandOf(press('b', { metaKey: true }), false)).toBeNull();
  });

  it('takes Control on a Mac as well where the menu shows it', () => {
    expect(commandOf(press('Tab', control), true)).toBe('next-tab');
    expect(commandOf(press('Tab', { metaKey: true }), true)).toBeNull();
  });

  it.each([
    ['N', control, 'new-connection'],
    ['1', control, 'focus-tree'],
    ['p', control, 'quick-open'],
    ['P', controlShift, 'show-commands'],
    ['t', control, 'new-tab'],
    ['T', controlShift, 'reopen-tab'],
    ['Tab', controlShift, 'previous-tab'],
    ['PageUp', control, 'previous-tab'],
    ['PageDown', control, 'next-tab'],
    ['Enter', control, 'run'],
    ['Enter', controlShift, 'run-all'],
    ['E', controlShift, 'export-result'],
    ['.', control, 'cancel'],
    [',', control, 'show-settings'],
  ] as const)('%s with %o asks for %s', (key, modifiers, command) => {
    expect(commandOf(press(key, modifiers), false)).toBe(command);
  });

  it.each([true, false])('answers every accelerator of the menu; on a Mac: %s', (onMac) => {
    for (const name of commandNames) {
      const { accelerator } = commands[name];
      if (accelerator === null) continue;
      const parts = accelerator.split('+');
      const hasPrimary = parts.includes('CmdOrCtrl');
      const modifiers: Modifiers = {
        ...((parts.includes('Ctrl') || (hasPrimary && !onMac)) && { ctrlKey: true }),
        ...(hasPrimary && onMac && { metaKey: true }),
        ...(parts.includes('Shift') && { shiftKey: true }),
      };
      expect(commandOf(press(parts.at(-1) ?? '', modifiers), onMac)).toBe(name);
    }
  });

  it('goes by the place of a letter where the layout has no Latin ones', () => {
    expect(commandOf(press('з', control, 'KeyP'), false)).toBe('quick-open');
    // A layout with other Latin letters goes by the letter.
    expect(commandOf(press('a', control, 'KeyQ'), false)).toBeNull();
    expect(commandOf(press('w', control, 'KeyZ'), false)).toBe('close-tab');
  });

  it('leaves plain keys and other combinations alone', () => {
    expect(commandOf(press('b', {}), false)).toBeNull();
    expect(commandOf(press('b', controlShift), false)).toBeNull();
    expect(commandOf(press('n', { ctrlKey: true, altKey: true }), false)).toBeNull();
    expect(commandOf(press('z', control), false)).toBeNull();
  });
});
