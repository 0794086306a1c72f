import type { HistoryEntry } from '@shared/models/query-history';
import { classNames } from '../../components/class-names';
import { printable } from '../../components/printable';
import { ShownName } from '../../components/shown-name';
import { dayOf, endText, oneLine, timeOf } from './entry-text';
import styles from './history.module.css';

interface HistoryListProps {
  readonly id: string;
  readonly entries: readonly HistoryEntry[];
  readonly active: number;
  /** What "Today" is measured by. */
  readonly now: Date;
  /** Whether each line names its connection. */
  readonly showsConnections: boolean;
  readonly onActivate: (index: number) => void;
  readonly onOpen: (entry: HistoryEntry) => void;
  /** Called when the end of the list comes into view. */
  readonly onEnd: () => void;
}

/** What was run, by days. The search field keeps the focus and the keys. */
export function HistoryList({ id, entries, active, now, onEnd, ...line }: HistoryListProps) {
  return (
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold what the lines show
      role="listbox"
      aria-label="What was run"
      className={styles['list']}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollTop + clientHeight > scrollHeight - 200) onEnd();
      }}
    >
      {entries.map((entry, index) => {
        const day = dayOf(entry.at, now);
        const previous = entries[index - 1];
        const beginsDay = previous === undefined || dayOf(previous.at, now) !== day;
        return (
          <div key={entry.id} role="presentation">
            {beginsDay && <div className={styles['day']}>{day}</div>}
            <Line
              {...line}
              id={`${id}-${index}`}
              entry={entry}
              isActive={index === active}
              onActivate={() => line.onActivate(index)}
            />
          </div>
        );
      })}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly entry: HistoryEntry;
  readonly isActive: boolean;
  readonly showsConnections: boolean;
  readonly onActivate: () => void;
  readonly onOpen: (entry: HistoryEntry) => void;
}

function Line({ id, entry, isActive, showsConnections, onActivate, onOpen }: LineProps) {
  const { outcome } = entry.end ?? {};
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys and focus are the field's: aria-activedescendant
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option outside of a select holds nothing but text
      role="option"
      aria-selected={isActive}
      className={classNames(styles['line'], isActive && styles['active'])}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onActivate}
      onDoubleClick={() => onOpen(entry)}
    >
      <span className={styles['sql']}>
        <ShownName name={oneLine(entry.text)} />
      </span>
      <span className={styles['facts']} data-outcome={outcome}>
        {timeOf(entry.at)} · {endText(entry)}
        {showsConnections && ` · ${printable(entry.connection)}`}
      </span>
    </div>
  );
}
