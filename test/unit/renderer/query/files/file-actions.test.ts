import { EditorState } from '@codemirror/state';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  dropEditorState,
  keepEditorState,
} from '../../../../../src/renderer/features/query/editor/editor-states';
import { saveFile } from '../../../../../src/renderer/features/query/files/file-actions';
import { clearNews, useFileNews } from '../../../../../src/renderer/features/query/files/file-news';
import { tabOf } from '../../../../../src/renderer/features/query/files/tab-file';
import { emptyTab } from '../../../../../src/renderer/features/query/tabs/tab-list';
import { setWorkspace } from '../../../../../src/renderer/features/query/tabs/workspace-state';

const workspace = 'workspace';
const file = { id: 'f', path: '/home/x/q.sql', name: 'q.sql' };
const tab = { ...emptyTab([]), file: { ...file, version: '0', isChanged: true } };

/** The file: what it holds, and which content that is. */
let disk = { text: '', version: 0 };
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
