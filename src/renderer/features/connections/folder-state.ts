import { create } from 'zustand';

const storageKey = 'postern.collapsed-folders';

function remembered(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [];
  } catch {
    // What cannot be read was not written by this app: every folder is open then.
    return [];
  }
}

/** Folders of the list of connections that are folded, also at the next start. */
export const useFolders = create<{ readonly collapsed: readonly string[] }>(() => ({
  collapsed: remembered(),
}));

/** Folds a folder or opens it. */
export function setFolderOpen(folder: string, isOpen: boolean): void {
  const others = useFolders.getState().collapsed.filter((name) => name !== folder);
  const collapsed = isOpen ? others : [...others, folder];
  localStorage.setItem(storageKey, JSON.stringify(collapsed));
  useFolders.setState({ collapsed });
}
