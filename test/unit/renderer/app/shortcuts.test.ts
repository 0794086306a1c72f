import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../../src/renderer/app/shortcuts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>>,
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('commandOf', () => {
  it('takes Control, and Command on a Mac', () => {
    expect(commandOf(press('b', { ctrlKey: true }), false)).toBe('toggle-sidebar');
    expect(commandOf(press('b', { metaKey: true }), true)).toBe('toggle-sidebar');
    expect(commandOf(press('b', { ctrlKey: true }), true)).toBeNull();
    expect(commandOf(press('b', { metaKey: true }), false)).toBeNull();
  });

  it('knows the keys that the menu shows', () => {
    expect(commandOf(press('N', { ctrlKey: true }), false)).toBe('new-connection');
    expect(commandOf(press('1', { ctrlKey: true }), false)).toBe('focus-tree');
    expect(commandOf(press('p', { ctrlKey: true }), false)).toBe('quick-open');
    expect(commandOf(press('P', { ctrlKey: true, shiftKey: true }), false)).toBe('show-commands');
  });

  it('leaves plain keys and other combinations alone', () => {
    expect(commandOf(press('b', {}), false)).toBeNull();
    expect(commandOf(press('b', { ctrlKey: true, shiftKey: true }), false)).toBeNull();
    expect(commandOf(press('n', { ctrlKey: true, altKey: true }), false)).toBeNull();
  });
});
