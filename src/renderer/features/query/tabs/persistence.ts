import { call, errorData } from '../../../api/postern';
import { newestText, prepareNewestText } from '../editor/editor-states';
import { restoreValues, savedValues } from '../parameters/remembered-values';

import { tabList, withTexts } from './tab-list';
import { setWorkspace, tabListOf, useWorkspaces } from './workspace-state';

/** Milliseconds from the last change to the save. */
const saveDelay = 500;

/** Milliseconds after which a change is saved although others follow it without a pause. */
const longestWait = 5_000;

const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** When the first change came that is not saved yet, by performance.now(). */
const waitingSince = new Map<string, number>();
const loads = new Map<string, Promise<void>>();

/** Loads a connection's tabs unless they are here. It never rejects: see the workspace's state. */
export function loadWorkspace(key: string): Promise<void> {
  let load = loads.get(key);
  if (load === undefined) {
    load = readWorkspace(key);
    loads.set(key, load);
  }
  return load;
}

async function readWorkspace(key: string): Promise<void> {
  setWorkspace(key, { status: 'loading' });
  try {
    const { tabs, activeTabId, values } = await call('workspace:load', { key });
    restoreValues(key, values ?? []);
    setWorkspace(key, { status: 'ready', list: tabList(tabs, activeTabId), saveError: null });
  } catch (error) {
    // Another attempt may succeed; saving before one does could replace tabs that are still there.
    loads.delete(key);
    setWorkspace(key, { status: 'failed', error: errorData(error) });
  }
}

/** Saves half a second after the last of a row of changes, and every five seconds of a long row. */
export function saveSoon(key: string): void {
  const now = performance.now();
  const since = waitingSince.get(key) ?? now;
  waitingSince.set(key, since);
  clearTimeout(timers.get(key));
  const delay = Math.max(0, Math.min(saveDelay, since + longestWait - now));
  timers.set(
    key,
    setTimeout(() => void saveInTurns(key), delay),
  );
}

/** Saves as soon as the texts are ready, unless there was another change meanwhile: it saves them. */
async function saveInTurns(key: string): Promise<void> {
  const timer = timers.get(key);
  for (const { id } of tabListOf(key)?.tabs ?? []) await prepareNewestText(id);
  if (timers.get(key) === timer) await saveNow(key);
}

/** Saves all tabs of a workspace with their newest texts. A failure shows in the workspace's state. */
export async function saveNow(key: string): Promise<void> {
  clearTimeout(timers.get(key));
  timers.delete(key);
  waitingSince.delete(key);
  const list = tabListOf(key);
  if (list === null) return;
  const { tabs, activeTabId } = withTexts(list, newestText);
  try {
    const values = savedValues(key);
    const workspace = { tabs: [...tabs], activeTabId, ...(values.length > 0 && { values }) };
    await call('workspace:save', { key, workspace });
    setSaveError(key, null);
  } catch (error) {
    setSaveError(key, errorData(error));
  }
}

/** Saves what waits to be saved, in all workspaces: the window loses the focus or is about to close. */
export function savePending(): void {
  for (const key of timers.keys()) void saveNow(key);
}

function setSaveError(key: string, saveError: ReturnType<typeof errorData> | null): void {
  const state = useWorkspaces.getState().workspaces[key];
  if (state?.status === 'ready' && state.saveError !== saveError) {
    setWorkspace(key, { ...state, saveError });
  }
}
