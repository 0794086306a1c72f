import { FolderOpen, Keyboard, Palette, ShieldCheck, SquarePen, Table2 } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { Dialog } from '../../components/dialog';
import { AppearancePage } from './appearance-page';
import { EditorPage } from './editor-page';
import { FilesPage } from './files-page';
import { pageNames, type PageName } from './pages';
import { ResultsPage } from './results-page';
import { SafetyPage } from './safety-page';
import { closeSettings, openSettings, useSettingsDialog } from './settings-dialog-store';
import { ShortcutsPage } from './shortcuts-page';
import styles from './settings.module.css';

interface Page {
  readonly label: string;
  readonly icon: ReactNode;
  readonly content: ReactNode;
}

const pages: Readonly<Record<PageName, Page>> = {
  appearance: { label: 'Appearance', icon: <Palette />, content: <AppearancePage /> },
  editor: { label: 'Editor', icon: <SquarePen />, content: <EditorPage /> },
  results: { label: 'Results', icon: <Table2 />, content: <ResultsPage /> },
  safety: { label: 'Safety', icon: <ShieldCheck />, content: <SafetyPage /> },
  files: { label: 'Files', icon: <FolderOpen />, content: <FilesPage /> },
  shortcuts: { label: 'Keyboard shortcuts', icon: <Keyboard />, content: <ShortcutsPage /> },
};

const isPage = (name: string): name is PageName => pageNames.some((page) => page === name);

/** The settings over the window, while they are open. Each change holds at once. */
export function SettingsDialog() {
  const page = useSettingsDialog((state) => state.page);
  if (page === null) return null;
  return (
    <Dialog title="Settings" width={760} onClose={closeSettings}>
      <Tabs.Root
        className={styles['settings']}
        orientation="vertical"
        value={page}
        onValueChange={(name) => isPage(name) && openSettings(name)}
      >
        <Tabs.List className={styles['pages']} aria-label="Settings">
          {pageNames.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className={styles['page']}
              {...(name === page && { 'data-initial-focus': '' })}
            >
              {pages[name].icon}
              {pages[name].label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {pageNames.map((name) => (
          <Tabs.Content key={name} value={name} className={styles['content']}>
            {pages[name].content}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
