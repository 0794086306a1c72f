import type { HistoryEntry } from '@shared/models/query-history';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button } from '../../components/button';
import { ConfirmDialog, Dialog } from '../../components/dialog';
import { EmptyNote } from '../../components/empty-note';
import { FilterBar } from '../../components/filter-bar';
import { ErrorNotice } from '../../components/notice';
import { SearchField } from '../../components/search-field';
import { Switch } from '../../components/switch';
import { HistoryList } from './history-list';
import { HistoryPreview } from './history-preview';
import {
  clearHistory,
  closeHistory,
  type HistoryFilter,
  narrowHistory,
  readOnHistory,
  removeEntry,
  type ShownHistory,
  textOf,
} from './history-store';
import styles from './history.module.css';

interface HistoryDialogProps {
  readonly shown: ShownHistory;
  /** The connection in front; null where none is open. */
  readonly workspace: string | null;
  /** Opens a text in a tab of its own. */
  readonly onOpen: (text: string) => void;
  /** Puts a text where the cursor is. */
  readonly onInsert: (text: string) => void;
}

/** How far a key goes in the list. */
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
};

/** What was run before: searched, looked at, and taken up again. */
export function HistoryDialog({ shown, workspace, onOpen, onInsert }: HistoryDialogProps) {
  const { filter, error, openedAt } = shown;
  const [chosen, setChosen] = useState(0);
  const [asksToClear, setAsksToClear] = useState(false);
  const listId = useId();
  const entries = shown.entries ?? [];
  const active = Math.max(0, Math.min(chosen, entries.length - 1));
  const entry = entries[active];
  const everywhere = filter.workspace === null;

  const narrow = (change: Partial<HistoryFilter>): void => {
    setChosen(0);
    narrowHistory(change);
  };
  const use = (how: (text: string) => void) => async (wanted: HistoryEntry) => {
    if (workspace === null) return;
    const text = await textOf(wanted);
    if (text === null) return;
    closeHistory();
    // The dialog gives the focus back as it goes; the text may move it after that.
    requestAnimationFrame(() => how(text));
  };
  const open = (wanted: HistoryEntry): void => void use(onOpen)(wanted);
  const insert = (wanted: HistoryEntry): void => void use(onInsert)(wanted);
  const handleKey = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(active + step, entries.length - 1));
      setChosen(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && entry !== undefined) {
      if (event.ctrlKey || event.metaKey) insert(entry);
      else open(entry);
    } else return;
    event.preventDefault();
  };

  return (
    <Dialog
      title="Query history"
      width={940}
      onClose={closeHistory}
      footer={
        <Button
          variant="ghost"
          disabled={entries.length === 0}
          onClick={() => setAsksToClear(true)}
        >
          {everywhere ? 'Clear all…' : 'Clear for this connection…'}
        </Button>
      }
    >
      <FilterBar>
        <SearchField
          label="Search in what was run"
          icon={<Search />}
          value={filter.text}
          maxLength={1000}
          onChange={(text) => narrow({ text })}
          onKeyDown={handleKey}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input it is: this is the field's component
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entry === undefined ? undefined : `${listId}-${active}`}
        />
        <Switch
          label="Failed only"
          checked={filter.onlyFailed}
          onChange={(onlyFailed) => narrow({ onlyFailed })}
        />
        {workspace !== null && (
          <Switch
            label="All connections"
            checked={everywhere}
            onChange={(all) => narrow({ workspace: all ? null : workspace })}
          />
        )}
      </FilterBar>
      {error !== null && <ErrorNotice error={error} />}
      {entry === undefined ? (
        <div className={styles['none']}>
          <EmptyNote text={emptyText(shown)} />
        </div>
      ) : (
        <div className={styles['panes']}>
          <HistoryList
            id={listId}
            entries={entries}
            active={active}
            now={openedAt}
            showsConnections={everywhere}
            onActivate={setChosen}
            onOpen={open}
            onEnd={readOnHistory}
          />
          <HistoryPreview
            entry={entry}
            now={openedAt}
            canUse={workspace !== null}
            onOpen={open}
            onInsert={insert}
            onRemove={(wanted) => void removeEntry(wanted)}
          />
        </div>
      )}
      {asksToClear && (
        <ConfirmDialog
          title={everywhere ? 'Clear the whole history?' : 'Clear the history of this connection?'}
          description="What was run is forgotten. Tabs and saved queries stay."
          confirmLabel="Clear"
          cancelLabel="Keep it"
          onConfirm={() => {
            setAsksToClear(false);
            void clearHistory(filter.workspace);
          }}
          onCancel={() => setAsksToClear(false)}
        />
      )}
    </Dialog>
  );
}

function emptyText({ entries, filter, error }: ShownHistory): string {
  if (error !== null) return '';
  if (entries === null) return 'Reading the history…';
  if (filter.text !== '' || filter.onlyFailed) return 'Nothing that was run fits.';
  return 'Nothing was run yet. What is sent to a server is kept here, except for texts that hold a password.';
}
