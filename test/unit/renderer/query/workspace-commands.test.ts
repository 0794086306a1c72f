import { describe, expect, it } from 'vitest';
import { commandOfKey } from '../../../../src/renderer/features/query/workspace-commands';

const pressed = (key: string, modifiers: Partial<Parameters<typeof commandOfKey>[0]> = {}) =>
  commandOfKey({
    key,
    ctrlKey: true,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...modifiers,
  });

describe('commandOfKey', () => {
  it.each([
    ['t', false, 'new-tab'],
    ['T', true, 'reopen-tab'],
    ['w', false, 'close-tab'],
    ['Tab', false, 'next-tab'],
    ['Tab', true, 'previous-tab'],
    ['PageUp', false, 'previous-tab'],
    ['PageDown', false, 'next-tab'],
    ['Enter', false, 'run'],
    ['Enter', true, 'run-all'],
    ['E', true, 'export-result'],
    ['e', false, 'explain'],
    ['l', true, 'format'],
    ['l', false, null],
    ['x', true, 'explain-analyze'],
    ['x', false, null],
    ['.', false, 'cancel'],
  ])('Control and %s, shift %s: %s', (key, shiftKey, command) => {
    expect(pressed(key, { shiftKey })).toBe(command);
  });

  it('takes Command for Control', () => {
    expect(pressed('t', { ctrlKey: false, metaKey: true })).toBe('new-tab');
  });

  it('leaves plain keys, Alt and everything else alone', () => {
    expect(pressed('t', { ctrlKey: false })).toBeNull();
    expect(pressed('t', { altKey: true })).toBeNull();
    expect(pressed('w', { shiftKey: true })).toBeNull();
    expect(pressed('z')).toBeNull();
  });
});
