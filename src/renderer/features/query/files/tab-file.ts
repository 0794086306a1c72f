import type { ScriptFile } from '@shared/models/script-file';
import { changeTabs } from '../query-store';
import type { QueryTab } from '../tabs/tab-list';
import { tabListOf } from '../tabs/workspace-state';
import { differsFromFile } from './saved-texts';

/** What a tab keeps of its file. */
export type TabFile = NonNullable<QueryTab['file']>;

/** The tab with this id, if the workspace has it. */
export function tabOf(key: string, tabId: string): QueryTab | undefined {
  return tabListOf(key)?.tabs.find(({ id }) => id === tabId);
}

/** Changes what a tab keeps of its file, and the text of one that was not shown yet. */
export function putTabFile(key: string, tabId: string, file: TabFile, text?: string): void {
  changeTabs(key, (list) => ({
    ...list,
    tabs: list.tabs.map((tab) =>
      tab.id === tabId ? { ...tab, file, text: text ?? tab.text } : tab,
    ),
  }));
}

/** Ties a tab to a file that has its text, and names the tab after it. */
export function tieToFile(key: string, tabId: string, file: ScriptFile): void {
  changeTabs(key, (list) => ({
    ...list,
    tabs: list.tabs.map((tab) =>
      tab.id === tabId ? { ...tab, title: file.name.slice(0, 200), file: asSaved(file) } : tab,
    ),
  }));
}

/** A file whose content a tab has. */
export const asSaved = ({ id, path, version }: ScriptFile): TabFile => ({
  id,
  path,
  version,
  isChanged: false,
});

/** Brings the mark of unsaved changes in line with the text of a tab. */
export function markChanges(key: string, tabId: string): void {
  const file = tabOf(key, tabId)?.file;
  if (file === undefined) return;
  const isChanged = differsFromFile(tabId);
  if (isChanged !== null && isChanged !== file.isChanged) {
    putTabFile(key, tabId, { ...file, isChanged });
  }
}

/** What of a tab closing it would leave unsaved; null when nothing. */
export function unsavedChanges(key: string, tabId: string): string | null {
  const tab = tabOf(key, tabId);
  if (tab?.file === undefined || !(differsFromFile(tabId) ?? tab.file.isChanged)) return null;
  return `It has changes that are not saved in ${tab.file.path}.`;
}
