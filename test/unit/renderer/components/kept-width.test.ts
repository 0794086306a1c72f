import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptWidth } from '../../../../src/renderer/components/kept-width';

describe('a width that is kept', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    stored.clear();
  });

  it('is none before the first', () => {
    expect(new KeptWidth('a', 100).get()).toBeNull();
  });

  it('is the last one, in whole pixels, also for the next start', () => {
    new KeptWidth('a', 100).keep(250.4);
    expect(new KeptWidth('a', 100).get()).toBe(250);
    expect(new KeptWidth('b', 100).get()).toBeNull();
  });

  it('is never below the least that its pane has: a pane that is folded away comes back as wide as before', () => {
    const width = new KeptWidth('a', 100);
    width.keep(250);
    width.keep(0);
    expect(width.get()).toBe(250);
  });

  it('is none where what was stored is no width', () => {
    stored.set('a', 'wide');
    expect(new KeptWidth('a', 100).get()).toBeNull();
    stored.set('a', '20');
    expect(new KeptWidth('a', 100).get()).toBeNull();
  });
});
