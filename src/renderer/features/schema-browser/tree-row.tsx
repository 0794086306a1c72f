import { ChevronRight } from 'lucide-react';
import type { CSSProperties } from 'react';
import { classNames } from '../../components/class-names';
import { MarkedText } from '../../components/marked-text';
import { printable } from '../../components/printable';
import { ShownName } from '../../components/shown-name';
import { Skeleton } from '../../components/skeleton';
import { RowIcon } from './row-icon';
import { rowLabel, rowTooltip, shortCount, shortType } from './row-text';
import type { LoadRequest, RowContent, TreeRow } from './tree-node';
import styles from './tree-row.module.css';

interface TreeRowViewProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly isActive: boolean;
  /** What the filter looks for, to be marked; empty without one. */
  readonly filter: string;
  /** Pixels from the top of the tree. */
  readonly top: number;
  readonly onPress: (row: TreeRow) => void;
  readonly onOpen: (row: TreeRow) => void;
  readonly onToggle: (row: TreeRow) => void;
  readonly onRetry: (request: LoadRequest) => void;
}

type RowStyle = CSSProperties & { readonly '--level': number };

/** One line of the tree. The tree itself has the focus and the keys. */
export function TreeRowView(props: TreeRowViewProps) {
  const { row, isActive } = props;
  const { content } = row;
  const style: RowStyle = { '--level': row.level, transform: `translateY(${props.top}px)` };
  const tooltip = rowTooltip(content);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys and focus are the tree's: aria-activedescendant
    <div
      id={props.id}
      role="treeitem"
      aria-label={printable(rowLabel(content))}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isActive}
      {...(row.expanded !== null && { 'aria-expanded': row.expanded })}
      {...(tooltip !== null && { title: tooltip })}
      data-row-key={row.key}
      className={classNames(
        styles['row'],
        isActive && styles['selected'],
        isLocked(content) && styles['locked'],
      )}
      style={style}
      onClick={() => props.onPress(row)}
      onDoubleClick={() => props.onOpen(row)}
    >
      <span className={styles['indent']} />
      <span
        className={classNames(styles['toggle'], row.expanded === true && styles['expanded'])}
        aria-hidden="true"
        onClick={(event) => {
          if (row.expanded === null) return;
          event.stopPropagation();
          props.onToggle(row);
        }}
        onDoubleClick={(event) => row.expanded !== null && event.stopPropagation()}
      >
        {row.expanded !== null && <ChevronRight />}
      </span>
      <RowBody content={content} filter={props.filter} onRetry={props.onRetry} />
    </div>
  );
}

function isLocked(content: RowContent): boolean {
  if (content.kind === 'schema') return !content.schema.canUse;
  if (content.kind === 'relation') return !content.table.canSelect;
  if (content.kind === 'item') return content.item.isLocked === true;
  return content.kind === 'database' && !content.database.canConnect;
}

type RowBodyProps = Pick<TreeRowViewProps, 'filter' | 'onRetry'> & { readonly content: RowContent };

function RowBody({ content, filter, onRetry }: RowBodyProps) {
  switch (content.kind) {
    case 'loading':
      return <Skeleton width="45%" />;
    case 'empty':
      return <span className={classNames(styles['name'], styles['message'])}>{content.text}</span>;
    case 'failed':
      return (
        <>
          <span className={classNames(styles['name'], styles['failed'])}>
            {printable(content.error.message)}
          </span>
          <button
            type="button"
            className={styles['retry']}
            onClick={() => onRetry(content.retry)}
            tabIndex={-1}
          >
            Try again
          </button>
        </>
      );
    case 'schema':
      return <Named content={content} name={content.schema.name} strong aside={content.count} />;
    case 'item': {
      const { name, aside } = content.item;
      return (
        <Named content={content} name={name} aside={aside === null ? null : printable(aside)} />
      );
    }
    case 'folder':
      return <Named content={content} name={content.label} aside={content.count} />;
    case 'database':
      return <Named content={content} name={content.database.name} />;
    case 'relation': {
      const { name, kind, estimatedRows } = content.table;
      const counts = kind !== 'view' && kind !== 'sequence' && estimatedRows !== null;
      const lastValue = content.sequence?.lastValue ?? null;
      return (
        <Named
          content={content}
          name={name}
          filter={filter}
          aside={counts ? shortCount(estimatedRows) : lastValue}
        />
      );
    }
    case 'column':
      return (
        <>
          <RowIcon content={content} />
          <span className={styles['name']}>
            <ShownName name={content.column.name} />
          </span>
          <span className={classNames(styles['aside'], styles['type'])}>
            {printable(shortType(content.column.type))}
            {content.column.nullable && <span className={styles['nullable']}>?</span>}
          </span>
        </>
      );
  }
}

/** A count as it is written beside a name: "8", "6,667", "13.5K". */
const isNumber = /^[\d.,]+[KMB]?$/u;

interface NamedProps {
  readonly content: RowContent;
  readonly name: string;
  readonly filter?: string;
  readonly strong?: boolean;
  readonly aside?: string | number | null;
}

function Named({ content, name, filter = '', strong = false, aside = null }: NamedProps) {
  return (
    <>
      <RowIcon content={content} />
      <span className={classNames(styles['name'], strong && styles['strong'])}>
        <MarkedText text={name} marks={marksOf(name, filter)} />
      </span>
      {aside !== null && (
        <span
          className={classNames(styles['aside'], isNumber.test(String(aside)) && styles['number'])}
        >
          {aside}
        </span>
      )}
    </>
  );
}

/** Where the wanted text is in a name: an offset for each of its characters. */
function marksOf(name: string, wanted: string): readonly number[] {
  const at = wanted === '' ? -1 : name.toLowerCase().indexOf(wanted.toLowerCase());
  return at < 0 ? [] : Array.from({ length: wanted.length }, (_, offset) => at + offset);
}
