import { describe, expect, it } from 'vitest';
import {
  activateTab,
  addTab,
  closeTab,
  emptyTab,
  moveTab,
  type QueryTab,
  renameTab,
  reopenTab,
  stepTab,
  tabList,
  type TabList,
  withTexts,
} from '../../../../../src/renderer/features/query/tabs/tab-list';

const tab = (id: string, text = ''): QueryTab => ({ id, title: `Tab ${id}`, text, cursor: 0 });
const listOf = (...ids: string[]): TabList =>
  tabList(
    ids.map((id) => tab(id, id)),
    ids[0] ?? null,
  );
const ids = (list: TabList): string[] => list.tabs.map(({ id }) => id);

describe('a list of tabs', () => {
  it('always has a tab, and one that is active', () => {
    const empty = tabList([], null);
    expect(empty.tabs).toHaveLength(1);
    expect(empty.activeTabId).toBe(empty.tabs[0]?.id);
    expect(tabList([tab('a'), tab('b')], 'gone').activeTabId).toBe('a');
  });

  it('adds beside the active tab', () => {
    const list = addTab(listOf('a', 'b', 'c'), tab('new'));
    expect(ids(list)).toEqual(['a', 'new', 'b', 'c']);
    expect(list.activeTabId).toBe('new');
  });

  it('numbers new tabs without repeating a title', () => {
    const first = emptyTab([]);
    const second = emptyTab([first]);
    expect([first.title, second.title]).toEqual(['Query 1', 'Query 2']);
    expect(emptyTab([second]).title).toBe('Query 1');
  });

  it('activates the neighbour of a closed tab', () => {
    const list = activateTab(listOf('a', 'b', 'c'), 'b');
    expect(closeTab(list, tab('b')).activeTabId).toBe('c');
    expect(closeTab(activateTab(list, 'c'), tab('c')).activeTabId).toBe('b');
    expect(closeTab(list, tab('a')).activeTabId).toBe('b');
  });

  it('leaves an empty tab behind the last one', () => {
    const list = closeTab(listOf('a'), tab('a', 'select 1'));
    expect(list.tabs).toHaveLength(1);
    expect(list.tabs[0]).toMatchObject({ text: '', id: list.activeTabId });
  });

  it('reopens closed tabs that held text, the last one first, with the text at closing', () => {
    let list = listOf('a', 'b', 'c', 'd');
    list = closeTab(list, tab('b', 'select 1'));
    list = closeTab(list, tab('c', '  \n'));
    list = closeTab(list, tab('d', 'select 2'));
    const once = reopenTab(list);
    const twice = reopenTab(once);
    const texts = (of: TabList) => of.tabs.map(({ text }) => text);
    expect(texts(once)).toContain('select 2');
    expect(texts(once)).not.toContain('select 1');
    expect(texts(twice)).toContain('select 1');
    expect(reopenTab(twice)).toBe(twice);
    // Main has ended what the old id held.
    expect(ids(twice)).not.toContain('b');
  });

  it('steps around the ends', () => {
    const list = listOf('a', 'b', 'c');
    expect(stepTab(list, -1).activeTabId).toBe('c');
    expect(stepTab(stepTab(list, -1), 1).activeTabId).toBe('a');
  });

  it('renames, but not to nothing', () => {
    const list = listOf('a');
    expect(renameTab(list, 'a', '  Films ').tabs[0]?.title).toBe('Films');
    expect(renameTab(list, 'a', '   ')).toBe(list);
    expect(renameTab(list, 'a', 'x'.repeat(300)).tabs[0]?.title).toHaveLength(200);
  });

  it('moves a tab to the place of another', () => {
    const list = listOf('a', 'b', 'c');
    expect(ids(moveTab(list, 'a', 'c'))).toEqual(['b', 'c', 'a']);
    expect(ids(moveTab(list, 'c', 'a'))).toEqual(['c', 'a', 'b']);
    expect(moveTab(list, 'a', 'gone')).toBe(list);
  });

  it('takes over newer texts and keeps those of tabs that were never shown', () => {
    const list = withTexts(listOf('a', 'b'), (id) =>
      id === 'a' ? { text: 'newer', cursor: 5 } : null,
    );
    expect(list.tabs.map(({ text, cursor }) => [text, cursor])).toEqual([
      ['newer', 5],
      ['b', 0],
    ]);
  });
});
