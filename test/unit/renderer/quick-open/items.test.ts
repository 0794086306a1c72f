import type { Connection, ConnectionProfile } from '@shared/models/connection-profile';
import type { SearchHit } from '@shared/models/search';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../../src/shared/commands';
import { actionOf, openingText } from '../../../../src/renderer/features/quick-open/item-actions';
import {
  localItems,
  mayChoose,
  nameOf,
  rankItems,
  type LocalSources,
  type QuickItem,
} from '../../../../src/renderer/features/quick-open/items';
import { parseQuery } from '../../../../src/renderer/features/quick-open/query-text';

const connection = { connectionId: 'c1', profileId: 'p1', name: 'Shop' } as Connection;
const other = { connectionId: 'c2', profileId: null, name: 'Sample' } as Connection;
const sources: LocalSources = {
  current: connection,
  tabs: [
    { id: 't1', title: 'Query 1' },
    { id: 't2', title: 'shop.orders' },
  ],
  savedQueries: [
    {
      id: 'q1',
      name: 'Shop report',
      workspace: null,
      savedAt: '2024-01-01T00:00:00Z',
      excerpt: 'SELECT 1',
    },
  ],
  connections: [connection, other],
  profiles: [
    { id: 'p1', name: 'Shop' } as ConnectionProfile,
    { id: 'p2', name: 'Shop archive' } as ConnectionProfile,
  ],
};
const names = (input: string, from = sources): string[] =>
  rankItems([], localItems(from, parseQuery(input))).map(({ target }) => nameOf(target));

describe('parseQuery', () => {
  it.each([
    ['orders', 'all', 'orders'],
    ['t:orders', 'relation', 'orders'],
    ['F: add', 'routine', 'add'],
    [' c:', 'column', ''],
    ['>theme', 'command', 'theme'],
    ['S: report', 'saved-query', 'report'],
    ['shop.t:x', 'all', 'shop.t:x'],
  ])('reads "%s"', (input, scope, text) => {
    expect(parseQuery(input)).toEqual({ scope, text });
  });
});

describe('mayChoose', () => {
  const item = (target: QuickItem['target']): QuickItem => ({
    key: '',
    target,
    score: 1,
    marks: [],
  });
  const table = item({ kind: 'object', hit: { kind: 'table', name: 'orders' } as SearchHit });
  const command = item({ kind: 'command', command: 'show-settings' });
  const typing = { isLoading: true, isGoneTo: false };

  it('waits for what was typed last: until then the objects are those of the text before', () => {
    expect(mayChoose(table, typing)).toBe(false);
    expect(mayChoose(undefined, typing)).toBe(false);
    expect(mayChoose(table, { ...typing, isLoading: false })).toBe(true);
  });

  it('takes what a person has gone to, and what is no object, at once', () => {
    expect(mayChoose(table, { ...typing, isGoneTo: true })).toBe(true);
    expect(mayChoose(command, typing)).toBe(true);
  });
});

describe('localItems', () => {
  it('lists the tabs and the other connections without a text', () => {
    expect(names('')).toEqual(['Query 1', 'shop.orders', 'Sample', 'Shop archive']);
  });

  it('finds tabs, saved connections and commands by their words', () => {
    expect(names('shop')).toEqual(['shop.orders', 'Shop report', 'Shop archive']);
    expect(names('theda')[0]).toBe('Theme: Dark');
  });

  it('narrows to saved queries, all of them without a text', () => {
    expect(names('s:')).toEqual(['Shop report']);
    expect(names('s:rep')).toEqual(['Shop report']);
    expect(names('s:orders')).toEqual([]);
  });

  it('narrows to commands, all of them without a text', () => {
    expect(names('>')).toHaveLength(commandNames.length - 2);
    expect(names('>query')).toContain('New Query Tab');
    expect(names('t:shop')).toEqual([]);
  });

  it('offers no command that needs a connection on the start screen', () => {
    const home = { ...sources, current: null };
    expect(names('>', home)).toContain('New Connection…');
    expect(names('>', home)).not.toContain('Run Statement');
  });
});

describe('actionOf', () => {
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false };
  const hit = {
    kind: 'table' as const,
    oid: 1,
    column: 0,
    schema: 'shop',
    relation: null,
    name: 'orders',
    arguments: null,
    canUse: true,
    score: 1,
    marks: [],
  };

  it('knows what each key does with an object', () => {
    const target = { kind: 'object', hit } as const;
    expect(actionOf(target, plain)).toBe('open');
    expect(actionOf(target, { ...plain, ctrlKey: true })).toBe('insert');
    expect(actionOf(target, { ...plain, shiftKey: true })).toBe('reveal');
    expect(openingText(target)).toBe('open rows');
    expect(openingText({ kind: 'object', hit: { ...hit, canUse: false } })).toBe('show in tree');
  });

  it('inserts nothing of what is no object', () => {
    const target = { kind: 'command', command: 'run' } as const;
    expect(actionOf(target, plain)).toBe('open');
    expect(actionOf(target, { ...plain, ctrlKey: true })).toBeNull();
  });
});
