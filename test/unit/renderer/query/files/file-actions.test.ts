import { EditorState } from '@codemirror/state';
import type { ScriptsOpening } from '@shared/models/script-file';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  dropEditorState,
  keepEditorState,
} from '../../../../../src/renderer/features/query/editor/editor-states';
import { useToasts } from '../../../../../src/renderer/components/toast-store';
import { openFiles, saveFile } from '../../../../../src/renderer/features/query/files/file-actions';
import { clearNews, useFileNews } from '../../../../../src/renderer/features/query/files/file-news';
import { tabOf } from '../../../../../src/renderer/features/query/files/tab-file';
import { saveNow } from '../../../../../src/renderer/features/query/tabs/persistence';
import { emptyTab } from '../../../../../src/renderer/features/query/tabs/tab-list';
import {
  setWorkspace,
  tabListOf,
} from '../../../../../src/renderer/features/query/tabs/workspace-state';

const workspace = 'workspace';
const file = { id: 'f', path: '/home/x/q.sql', name: 'q.sql' };
const tab = { ...emptyTab([]), file: { ...file, version: '0', isChanged: true } };

/** The file: what it holds, and which content that is. */
let disk = { text: '', version: 0 };
/** What opening the files comes to that a person has chosen. */
const chosen: ScriptsOpening = {
  opened: ['a.sql', 'b.sql'].map((name) => ({
    file: { id: name, path: `/home/x/${name}`, name, version: '0' },
    text: name,
  })),
  failures: [
    { kind: 'NotFound', message: 'There is no file c.sql.', advice: 'It was moved.' },
    { kind: 'InvalidInput', message: 'd.sql is not a text in UTF-8.' },
  ],
};
/** Reading it takes a moment, in which a second key is pressed. */
const opened = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  disk = { text: '', version: 0 };
  setWorkspace(workspace, {
    status: 'ready',
    list: { tabs: [tab], activeTabId: tab.id, closed: [] },
    saveError: null,
  });
  keepEditorState(tab.id, EditorState.create({ doc: 'select 1' }));
  vi.stubGlobal('window', {
    postern: {
      invoke: async (
        channel: string,
        request: { readonly text: string; readonly version: string },
      ) => {
        if (channel === 'workspace:load') {
          return { ok: true, value: { tabs: [tab], activeTabId: tab.id } };
        }
        if (channel === 'file:open') return { ok: true, value: chosen };
        if (channel !== 'file:save') return { ok: true, value: undefined };
        await opened();
        if (request.version !== String(disk.version)) {
          return { ok: true, value: { outcome: 'changed', version: String(disk.version) } };
        }
        disk = { text: request.text, version: disk.version + 1 };
        const saved = { ...file, version: String(disk.version) };
        return { ok: true, value: { outcome: 'saved', file: saved } };
      },
    },
  });
});

afterEach(() => {
  dropEditorState(tab.id);
  clearNews(tab.id);
  useToasts.setState({ toasts: [] });
  vi.unstubAllGlobals();
});

it('saves a tab twice in quick succession without taking its own save for another program’s', async () => {
  const first = saveFile(workspace, tab.id);
  keepEditorState(tab.id, EditorState.create({ doc: 'select 2' }));
  const second = saveFile(workspace, tab.id);
  await Promise.all([first, second]);
  expect(useFileNews.getState().news).toEqual({});
  expect(disk.text).toBe('select 2');
  expect(tabOf(workspace, tab.id)?.file).toMatchObject({
    version: String(disk.version),
    isChanged: false,
  });
});

it('shows the files that could be opened, and tells of each other one', async () => {
  await openFiles(workspace);
  // What opening has changed is not left to be saved after the test.
  await saveNow(workspace);
  expect(tabListOf(workspace)?.tabs.map(({ title }) => title)).toEqual([
    tab.title,
    'a.sql',
    'b.sql',
  ]);
  expect(useToasts.getState().toasts.map(({ message }) => message)).toEqual([
    'There is no file c.sql. It was moved.',
    'd.sql is not a text in UTF-8.',
  ]);
});
