import type { HistoryEntry } from '@shared/models/query-history';
import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button';
import { copyOrTell } from '../../components/copy-or-tell';
import { IconButton } from '../../components/icon-button';
import { printable } from '../../components/printable';
import { SqlText } from '../../components/sql-text';
import { acceleratorText } from '../../components/shortcut-text';
import { dayOf, endText, timeOf } from './entry-text';
import { textOf } from './history-store';
import styles from './history.module.css';

interface HistoryPreviewProps {
  readonly entry: HistoryEntry;
  /** What "Today" is measured by. */
  readonly now: Date;
  /** Whether there is a connection to open or insert the text in. */
  readonly canUse: boolean;
  readonly onOpen: (entry: HistoryEntry) => void;
  readonly onInsert: (entry: HistoryEntry) => void;
  readonly onRemove: (entry: HistoryEntry) => void;
}

/** One entry: what was sent, where and when, how it came out, and what can be done with it. */
export function HistoryPreview({
  entry,
  now,
  canUse,
  onOpen,
  onInsert,
  onRemove,
}: HistoryPreviewProps) {
  const text = useWholeText(entry);
  const { at, connection, end } = entry;
  return (
    <section className={styles['preview']} aria-label="The chosen entry">
      <SqlText className={styles['text']} text={text} aria-label="SQL" />
      <div className={styles['about']}>
        <p>
          {dayOf(at, now)}, {timeOf(at)} on {printable(connection)}. {endText(entry)}.
        </p>
        {end?.error != null && <p className={styles['error']}>{printable(end.error)}</p>}
      </div>
      <div className={styles['actions']}>
        <Button variant="primary" size="small" disabled={!canUse} onClick={() => onOpen(entry)}>
          Open in new tab <kbd>{acceleratorText('Enter')}</kbd>
        </Button>
        <Button size="small" disabled={!canUse} onClick={() => onInsert(entry)}>
          Insert <kbd>{acceleratorText('CmdOrCtrl+Enter')}</kbd>
        </Button>
        <IconButton label="Copy" icon={<Copy />} onClick={() => copyOrTell(text, 'text')} />
        <IconButton
          label="Remove from the history"
          icon={<Trash2 />}
          onClick={() => onRemove(entry)}
        />
      </div>
    </section>
  );
}

/** The text of an entry; of a long one first its beginning, then what is kept of it. */
function useWholeText(entry: HistoryEntry): string {
  const [whole, setWhole] = useState<{ readonly id: string; readonly text: string } | null>(null);
  useEffect(() => {
    if (!entry.isCut) return;
    let isCurrent = true;
    void textOf(entry).then((text) => {
      if (isCurrent && text !== null) setWhole({ id: entry.id, text });
      return undefined;
    });
    return () => {
      isCurrent = false;
    };
  }, [entry]);
  return whole?.id === entry.id ? whole.text : entry.text;
}
