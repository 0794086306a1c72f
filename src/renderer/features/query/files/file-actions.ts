import { Text } from '@codemirror/state';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { OpenedScript } from '@shared/models/script-file';
import { call, errorData } from '../../../api/postern';
import { showToast } from '../../../components/toast-store';
import { editorState, newestText, replaceText } from '../editor/editor-states';
import { addInPlaceOfUntouched } from '../query-store';
import { loadWorkspace } from '../tabs/persistence';
import { activateQueryTab } from '../tabs/tab-actions';
import { emptyTab } from '../tabs/tab-list';
import { tabListOf } from '../tabs/workspace-state';
import { clearNews, showNews } from './file-news';
import { differsFromFile, noteSaved } from './saved-texts';
import { asSaved, markChanges, putTabFile, tabOf, tieToFile } from './tab-file';

/** Asks for files of SQL, opens each in a tab, and tells of each that cannot be opened. */
export async function openFiles(key: string): Promise<void> {
  await telling(async () => {
    const { opened, failures } = await call('file:open');
    for (const file of opened) await showFile(key, file);
    for (const failure of failures) tell(failure);
  });
}

/** Opens a file that was dropped on the window. */
export async function openDroppedFile(key: string, path: string): Promise<void> {
  await telling(async () => showFile(key, await call('file:open-dropped', { path })));
}

/** Shows a file in a tab: in the one that has it already, if any. */
async function showFile(key: string, { file, text }: OpenedScript): Promise<void> {
  await loadWorkspace(key);
  const known = tabListOf(key)?.tabs.find((tab) => tab.file?.id === file.id);
  if (known === undefined) {
    addInPlaceOfUntouched(key, {
      ...emptyTab([]),
      title: file.name.slice(0, 200),
      text,
      file: asSaved(file),
    });
    return;
  }
  activateQueryTab(key, known.id);
  await checkFiles(key);
}

/** Saves a tab to its file, or asks for a name where it has none. */
export function saveFile(key: string, tabId: string): Promise<void> {
  return inTurn(tabId, async () => {
    const file = tabOf(key, tabId)?.file;
    if (file === undefined) await writeUnderName(key, tabId);
    else await writeOver(key, tabId, file.version);
  });
}

/** Saves a tab over the content of its file that `version` stands for, which a person has agreed to. */
export function saveOver(key: string, tabId: string, version: string): Promise<void> {
  return inTurn(tabId, () => writeOver(key, tabId, version));
}

/** Asks for a name, saves a tab under it, and ties the tab to that file. */
export function saveFileAs(key: string, tabId: string): Promise<void> {
  return inTurn(tabId, () => writeUnderName(key, tabId));
}

/** The last save of each tab that saves. */
const saves = new Map<string, Promise<void>>();

/** One save of a tab after the other: each has to know the version that the one before has written. */
function inTurn(tabId: string, save: () => Promise<void>): Promise<void> {
  const turn = (saves.get(tabId) ?? Promise.resolve()).then(save).finally(() => {
    if (saves.get(tabId) === turn) saves.delete(tabId);
  });
  saves.set(tabId, turn);
  return turn;
}

async function writeOver(key: string, tabId: string, version: string): Promise<void> {
  const file = tabOf(key, tabId)?.file;
  if (file === undefined) return;
  const { text, doc } = textOf(key, tabId);
  await telling(async () => {
    const answer = await call('file:save', { id: file.id, text, version });
    if (answer.outcome === 'changed') {
      showNews(tabId, { kind: 'changed', version: answer.version });
      return;
    }
    noteSaved(tabId, doc);
    putTabFile(key, tabId, asSaved(answer.file));
    markChanges(key, tabId);
    clearNews(tabId);
  });
}

async function writeUnderName(key: string, tabId: string): Promise<void> {
  const tab = tabOf(key, tabId);
  if (tab === undefined || tab.relation !== undefined) return;
  const { text, doc } = textOf(key, tabId);
  await telling(async () => {
    const file = await call('file:save-as', { text, suggestedName: tab.title });
    if (file === null) return;
    noteSaved(tabId, doc);
    tieToFile(key, tabId, file);
    markChanges(key, tabId);
    clearNews(tabId);
  });
}

/** Takes over what a tab's file holds now; undo brings back what the tab had. */
export async function readFileAgain(key: string, tabId: string): Promise<void> {
  const known = tabOf(key, tabId)?.file;
  if (known === undefined) return;
  await telling(async () => {
    const { file, text } = await call('file:read', { id: known.id });
    const doc = Text.of(text.split('\n'));
    noteSaved(tabId, doc);
    replaceText(tabId, text);
    putTabFile(key, tabId, asSaved(file), text);
    clearNews(tabId);
  });
}

/** Looks whether the files of a workspace's tabs were changed by others, and says so in each tab. */
export async function checkFiles(key: string): Promise<void> {
  const tabs = tabListOf(key)?.tabs.filter(({ file }) => file !== undefined) ?? [];
  const ids = [...new Set(tabs.flatMap(({ file }) => (file === undefined ? [] : [file.id])))];
  if (ids.length === 0) return;
  await telling(async () => {
    const states = new Map((await call('file:check', { ids })).map((s) => [s.id, s.version]));
    for (const { id } of tabs) {
      const file = tabOf(key, id)?.file;
      const version = file === undefined ? undefined : states.get(file.id);
      if (file === undefined || version === undefined || version === file.version) continue;
      if (version === null) showNews(id, { kind: 'gone' });
      else if (differsFromFile(id) ?? file.isChanged) showNews(id, { kind: 'changed', version });
      else {
        await readFileAgain(key, id);
        showToast({ tone: 'neutral', message: `${file.path} was changed and is read again.` });
      }
    }
  });
}

function textOf(key: string, tabId: string): { text: string; doc: Text } {
  const text = newestText(tabId)?.text ?? tabOf(key, tabId)?.text ?? '';
  return { text, doc: editorState(tabId)?.doc ?? Text.of(text.split('\n')) };
}

async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell(errorData(error));
  }
}

function tell({ message, advice }: DatabaseErrorData): void {
  showToast({ tone: 'danger', message: advice === undefined ? message : `${message} ${advice}` });
}
