import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  askForValues,
  dismissValueRequest,
  type GivenValue,
  useValueRequest,
} from '../../../../../src/renderer/features/query/parameters/ask-for-values';
import { savedValues } from '../../../../../src/renderer/features/query/parameters/remembered-values';
import {
  initialValue,
  keepTypedValue,
} from '../../../../../src/renderer/features/query/parameters/typed-values';
import { saveNow } from '../../../../../src/renderer/features/query/tabs/persistence';
import { emptyTab } from '../../../../../src/renderer/features/query/tabs/tab-list';
import { setWorkspace } from '../../../../../src/renderer/features/query/tabs/workspace-state';

const parameters = [{ name: ':a', type: null, statement: '' }] as const;
const workspace = 'workspace';
const tab = emptyTab([]);
const place = {
  connectionId: 'c',
  tabId: tab.id,
  text: 'select :a',
  target: { kind: 'all' },
} as const;

const openTabs = (...tabs: (typeof tab)[]): void =>
  setWorkspace(workspace, {
    status: 'ready',
    list: { tabs, activeTabId: tab.id, closed: [] },
    saveError: null,
  });
const shown = () => useValueRequest.getState().request;

beforeEach(() => {
  openTabs(tab);
  useValueRequest.setState({ request: null });
  vi.stubGlobal('window', {
    postern: { invoke: () => Promise.resolve({ ok: true, value: parameters }) },
  });
});
afterEach(async () => {
  // What is to be saved soon would be saved through what the next file stubs.
  await saveNow(workspace);
  vi.unstubAllGlobals();
});

it('asks for one run at a time: a second one takes the place of the first', async () => {
  const first = askForValues(place);
  await vi.waitUntil(() => shown() !== null);
  const id = shown()?.id;
  const second = askForValues(place);
  expect(await first).toBeNull();
  await vi.waitUntil(() => shown() !== null);
  // What the form holds of the first is not sent for the second.
  expect(shown()?.id).not.toBe(id);
  shown()?.answer([]);
  expect(await second).toEqual({});
  expect(shown()).toBeNull();
});

it('is taken back when its tab is closed, and not when another one is', async () => {
  const asking = askForValues(place);
  await vi.waitUntil(() => shown() !== null);
  dismissValueRequest({ tabId: 'another' });
  dismissValueRequest({ workspace: 'another' });
  expect(shown()).not.toBeNull();
  dismissValueRequest({ tabId: tab.id });
  expect(await asking).toBeNull();
  expect(shown()).toBeNull();
});

it('asks nothing for a tab that was closed while its parameters were looked up', async () => {
  openTabs();
  expect(await askForValues(place)).toBeNull();
  expect(shown()).toBeNull();
});

it('keeps what was typed for as long as it is not run, and saves nothing of it', async () => {
  const [parameter] = parameters;
  const typed = { text: 'typed', isNull: false, isSecret: true };
  const request = { tabId: tab.id, workspace };
  const ask = async (answer: readonly GivenValue[] | null): Promise<void> => {
    const asking = askForValues(place);
    await vi.waitUntil(() => shown() !== null);
    keepTypedValue(tab.id, parameter, typed);
    shown()?.answer(answer);
    await asking;
  };
  await ask(null);
  expect(initialValue(request, parameter)).toEqual(typed);
  expect(savedValues(workspace)).toEqual([]);
  await ask([{ parameter, value: 'run', isSecret: false }]);
  expect(initialValue(request, parameter)).toMatchObject({ text: 'run', isSecret: false });
});
