import { describe, expect, it } from 'vitest';
import { printable } from '../../../../src/renderer/components/printable';

describe('printable', () => {
  it('leaves names of any script as they are', () => {
    expect(printable('Größe 客户 таблица')).toBe('Größe 客户 таблица');
  });

  it('shows control characters by their signs', () => {
    expect(printable('a\nb\tc\u0007')).toBe('a↵b⇥c␇');
  });

  it('shows the marks that turn the direction of text or take no room', () => {
    expect(printable('user\u202Enimda')).toBe('user\\u202enimda');
    expect(printable('ad\u200Bmin')).toBe('ad\\u200bmin');
  });
});
