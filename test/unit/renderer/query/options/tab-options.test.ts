import { expect, it } from 'vitest';
import {
  optionsOf,
  withErrors,
  withOptions,
  withReadOnly,
  withTimeout,
} from '../../../../../src/renderer/features/query/options/tab-options';
import {
  addTab,
  emptyTab,
  tabList,
} from '../../../../../src/renderer/features/query/tabs/tab-list';
import { setWorkspace } from '../../../../../src/renderer/features/query/tabs/workspace-state';
import { workspaceSchema } from '../../../../../src/shared/models/workspace';

it('changes one option and leaves the others, and is gone when nothing is asked for', () => {
  const both = withReadOnly(withTimeout({}, 5_000), true);
  expect(both).toEqual({ statementTimeoutMs: 5_000, readOnly: true });
  expect(withTimeout(both, 0)).toEqual({ statementTimeoutMs: 0, readOnly: true });
  expect(withErrors(both, true)).toEqual({ ...both, onError: 'continue' });
  expect(withErrors(withErrors(both, true), false)).toEqual(both);
  expect(withReadOnly(withTimeout(both, null), false)).toEqual({});
});

it('keeps the options of each tab with the tab, through a save', () => {
  const first = emptyTab([]);
  const second = emptyTab([first]);
  const list = withOptions(addTab(tabList([first], null), second), first.id, { readOnly: true });
  const { tabs, activeTabId } = list;
  const saved = workspaceSchema.parse(JSON.parse(JSON.stringify({ tabs, activeTabId })));
  setWorkspace('test', { status: 'ready', list: tabList(saved.tabs, null), saveError: null });
  expect(optionsOf(first.id)).toEqual({ readOnly: true });
  expect(optionsOf(second.id)).toEqual({});
  expect(optionsOf(crypto.randomUUID())).toEqual({});
});
