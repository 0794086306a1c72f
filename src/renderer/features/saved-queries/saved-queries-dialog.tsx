import type { SavedQuery } from '@shared/models/saved-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../components/dialog';
import { EmptyNote } from '../../components/empty-note';
import { FilterBar } from '../../components/filter-bar';
import { ErrorNotice } from '../../components/notice';
import { SearchField } from '../../components/search-field';
import { Switch } from '../../components/switch';
import { focusQueryByKey, SavedQueryRow } from './saved-query-row';
import { queriesFor, useSavedQueries } from './saved-queries-store';
import styles from './saved-queries.module.css';

interface SavedQueriesDialogProps {
  /** The connection in front; null where none is open. */
  readonly workspace: string | null;
  readonly onOpen: (query: SavedQuery) => void;
  readonly onClose: () => void;
}

const nothingSaved = 'Nothing is saved yet. “Save Query Under a Name…” keeps the text of a tab.';

/** All saved queries: to open, rename and delete. */
export function SavedQueriesDialog({ workspace, onOpen, onClose }: SavedQueriesDialogProps) {
  const { queries, error } = useSavedQueries();
  const [typed, setTyped] = useState('');
  const [isEverywhere, setEverywhere] = useState(workspace === null);
  const wanted = typed.trim().toLowerCase();
  const usable = isEverywhere ? (queries ?? []) : queriesFor(queries ?? [], workspace);
  const shown = usable.filter(({ name, excerpt }) =>
    `${name}\n${excerpt}`.toLowerCase().includes(wanted),
  );
  return (
    <Dialog title="Saved queries" width={720} onClose={onClose}>
      <FilterBar>
        <SearchField
          label="Search names and texts"
          icon={<Search />}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key === 'Enter' && first !== undefined && workspace !== null) onOpen(first);
            else focusQueryByKey(event);
          }}
        />
        {workspace !== null && (
          <Switch label="All connections" checked={isEverywhere} onChange={setEverywhere} />
        )}
      </FilterBar>
      {error !== null && <ErrorNotice error={error} />}
      {shown.length > 0 ? (
        <ul className={styles['list']}>
          {shown.map((query) => (
            <SavedQueryRow
              key={query.id}
              query={query}
              isOfOther={query.workspace !== null && query.workspace !== workspace}
              canOpen={workspace !== null}
              onOpen={() => onOpen(query)}
            />
          ))}
        </ul>
      ) : (
        queries !== null && (
          <div className={styles['none']}>
            <EmptyNote text={usable.length === 0 ? nothingSaved : 'Nothing matches.'} />
          </div>
        )
      )}
    </Dialog>
  );
}
