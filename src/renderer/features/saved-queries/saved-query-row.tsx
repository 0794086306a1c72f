import type { SavedQuery } from '@shared/models/saved-query';
import { Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { IconButton } from '../../components/icon-button';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import { removeQuery, renameQuery } from './saved-queries-store';
import styles from './saved-queries.module.css';

interface SavedQueryRowProps {
  readonly query: SavedQuery;
  /** Whether it belongs to another connection than the one in front. */
  readonly isOfOther: boolean;
  readonly canOpen: boolean;
  readonly onOpen: () => void;
}

/** Moves the focus along the queries by the arrows, from the search above them to the first. */
export function focusQueryByKey(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const queries = [...document.querySelectorAll<HTMLElement>('[data-saved-query]')];
  const at = queries.findIndex((query) => query === event.target);
  queries[at + step]?.focus();
  event.preventDefault();
}

/** One saved query of the list. */
export function SavedQueryRow({ query, isOfOther, canOpen, onOpen }: SavedQueryRowProps) {
  const [isRenaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const place = query.workspace === null ? 'all connections' : 'another connection';
  return (
    <li className={styles['query']}>
      {isRenaming ? (
        <NameField
          query={query}
          onEnd={(isByKey) => {
            setRenaming(false);
            // Once the field is gone: leaving it would take the name over, and Enter press the button.
            if (isByKey) requestAnimationFrame(() => renameButton.current?.focus());
          }}
        />
      ) : (
        <button
          type="button"
          className={styles['open']}
          disabled={!canOpen}
          data-saved-query=""
          onClick={onOpen}
          onKeyDown={focusQueryByKey}
        >
          <span className={styles['name']}>
            {printable(query.name)}
            {(query.workspace === null || isOfOther) && (
              <span className={styles['place']}>{place}</span>
            )}
          </span>
          <code className={styles['excerpt']}>{printable(query.excerpt)}</code>
        </button>
      )}
      <IconButton
        ref={renameButton}
        label={`Rename ${printable(query.name)}`}
        icon={<Pencil />}
        onClick={() => setRenaming(true)}
      />
      <IconButton
        label={`Delete ${printable(query.name)}`}
        icon={<Trash2 />}
        onClick={() => void removeQuery(query)}
      />
    </li>
  );
}

interface NameFieldProps {
  readonly query: SavedQuery;
  /** `isByKey`: the focus is still in the field. */
  readonly onEnd: (isByKey: boolean) => void;
}

/** Takes the new name with Enter or by leaving the field; Escape keeps the old one. */
function NameField({ query, onEnd }: NameFieldProps) {
  const [name, setName] = useState(query.name);
  // Giving the focus away is leaving the field, too: what ends it first counts.
  const hasEnded = useRef(false);
  const end = (takesName: boolean, isByKey: boolean): void => {
    if (hasEnded.current) return;
    hasEnded.current = true;
    onEnd(isByKey);
    const wanted = name.trim();
    if (takesName && wanted !== '' && wanted !== query.name) void renameQuery(query, wanted);
  };
  return (
    <TextInput
      aria-label={`New name of ${printable(query.name)}`}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field takes the place of the button that was pressed
      autoFocus
      value={name}
      maxLength={200}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Used up here: Enter would press the button that gets the focus, Escape close the dialog.
        event.stopPropagation();
        event.preventDefault();
        end(event.key === 'Enter', true);
      }}
    />
  );
}
