import type { ObjectRef } from '@shared/models/search';
import { Search } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { ErrorNotice } from '../../components/notice';
import { groupDigits } from '../../components/group-digits';
import { latinKey } from '../../components/latin-key';
import { isMac } from '../../components/shortcut-text';
import { Spinner } from '../../components/spinner';
import { useEscape } from '../../components/use-escape';
import { useFocusBack } from '../../components/use-focus-back';
import { actionOf, type ItemAction } from './item-actions';
import { ItemRow } from './item-row';
import {
  localItems,
  mayChoose,
  objectItems,
  rankItems,
  type ItemTarget,
  type LocalSources,
} from './items';
import { PaletteFooter } from './palette-footer';
import { parseQuery } from './query-text';
import { useSearch } from './use-search';
import styles from './quick-open.module.css';

interface QuickOpenProps {
  readonly initialText: string;
  readonly sources: LocalSources;
  /** What was chosen last on this connection, newest first. */
  readonly recent: readonly ObjectRef[];
  readonly onChoose: (target: ItemTarget, action: ItemAction) => void;
  readonly onClose: () => void;
}

type Press = Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The palette: it finds objects of the database, tabs, connections and commands as one types. */
export function QuickOpen({ initialText, sources, recent, onChoose, onClose }: QuickOpenProps) {
  const [input, setInput] = useState(initialText);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const escape = useEscape(onClose);
  const giveFocusBack = useFocusBack();
  // What is gone to takes the focus, which has to be free for it; a command goes nowhere.
  const isGoing = useRef(false);
  const query = useMemo(() => parseQuery(input), [input]);
  const search = useSearch(sources.current?.connectionId ?? null, query, recent);
  const items = useMemo(
    () => rankItems(objectItems(search.hits), localItems(sources, query)),
    [search.hits, sources, query],
  );
  const chosen = items[Math.min(active, items.length - 1)];

  /** Enter, pressed before main has found what was typed. */
  const [waiting, setWaiting] = useState<Press | null>(null);

  const change = (text: string): void => {
    setInput(text);
    setActive(0);
    setWaiting(null);
  };
  const step = (by: number): void => {
    if (items.length === 0) return;
    const next = (Math.min(active, items.length - 1) + by + items.length) % items.length;
    setActive(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (target: ItemTarget, press: Press): void => {
    const action = actionOf(target, press);
    if (action === null) return;
    isGoing.current = target.kind !== 'command';
    onChoose(target, action);
  };
  const takeFound = useEffectEvent((press: Press): void => {
    if (chosen !== undefined) choose(chosen.target, press);
  });
  useEffect(() => {
    if (waiting !== null && !search.isLoading) takeFound(waiting);
  }, [waiting, search.isLoading]);
  const handleKey = (event: KeyboardEvent): void => {
    // A key of an input method is not one of the palette.
    if (event.nativeEvent.isComposing) return;
    const command = isMac ? event.metaKey : event.ctrlKey;
    const by = stepOf(event.key, active, items.length);
    if (command && latinKey(event) === 'p') {
      if (event.shiftKey) change(query.scope === 'command' ? '' : '>');
      else step(1);
    } else if (by !== null) step(by);
    else if (event.key === 'Enter') {
      const { isLoading } = search;
      if (!mayChoose(chosen, { isLoading, isGoneTo: active > 0 })) {
        const { ctrlKey, metaKey, shiftKey } = event;
        setWaiting({ ctrlKey, metaKey, shiftKey });
      } else if (chosen !== undefined) choose(chosen.target, event);
    } else {
      escape.onKeyDown(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles['overlay']} />
        <Primitive.Content
          {...escape}
          className={styles['palette']}
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            if (isGoing.current) event.preventDefault();
            else giveFocusBack(event);
          }}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            field.current?.focus();
          }}
          onKeyDown={handleKey}
        >
          <Primitive.Title className={styles['title']}>Go to anything</Primitive.Title>
          <div className={styles['field']}>
            <Search aria-hidden="true" />
            <input
              ref={field}
              className={styles['input']}
              value={input}
              onChange={(event) => change(event.target.value)}
              placeholder={
                sources.current === null
                  ? 'Search connections and commands'
                  : 'Search tables, columns, functions, queries, tabs, connections, commands'
              }
              aria-label="Search everything"
              role="combobox"
              aria-expanded="true"
              aria-autocomplete="list"
              aria-controls={listId}
              {...(chosen !== undefined && {
                'aria-activedescendant': `${listId}-${items.indexOf(chosen)}`,
              })}
              spellCheck={false}
              autoComplete="off"
            />
            {search.isLoading && search.hits.length === 0 && <Spinner />}
            {search.total > search.hits.length && (
              <span className={styles['total']}>
                best {search.hits.length} of {groupDigits(String(search.total))}
              </span>
            )}
          </div>
          {search.error !== null && (
            <ErrorNotice className={styles['failure']} error={search.error} />
          )}
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold what the lines show */}
          <div id={listId} role="listbox" aria-label="Results" className={styles['list']}>
            {items.map((item, index) => (
              <ItemRow
                key={item.key}
                id={`${listId}-${index}`}
                item={item}
                isActive={item === chosen}
                onHover={() => setActive(index)}
                onChoose={(event) => choose(item.target, event)}
              />
            ))}
          </div>
          {items.length === 0 && search.error === null && (
            <p className={styles['empty']} aria-live="polite">
              {search.isLoading ? 'Reading the catalog…' : emptyText(query.text)}
            </p>
          )}
          <PaletteFooter
            connection={sources.current}
            target={chosen?.target ?? null}
            onScope={(prefix) => {
              change(`${prefix}${query.text}`);
              field.current?.focus();
            }}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function emptyText(text: string): string {
  return text === '' ? 'Type a name, or part of it.' : 'Nothing has such a name.';
}

/** How many lines a page key goes. */
const pageLines = 8;

/** How far a key goes in the list; null for one that does not move. Only the arrows go around. */
function stepOf(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return Math.max(0, Math.min(pageLines, count - 1 - active));
    case 'PageUp':
      return -Math.min(pageLines, active);
    default:
      return null;
  }
}
