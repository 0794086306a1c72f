import {
  Bookmark,
  FileCode2,
  Lock,
  Plug,
  PlugZap,
  SquareChevronRight,
  type LucideIcon,
} from 'lucide-react';
import { classNames } from '../../components/class-names';
import { MarkedText } from '../../components/marked-text';
import { ObjectIcon } from '../../components/object-icon';
import { printable } from '../../components/printable';
import { commandKeys } from '../../components/shortcut-text';
import { nameOf, type ItemTarget, type QuickItem } from './items';
import styles from './quick-open.module.css';

interface ItemRowProps {
  readonly id: string;
  readonly item: QuickItem;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onChoose: (event: React.MouseEvent) => void;
}

/** One line of the palette. The field keeps the focus and the keys. */
export function ItemRow({ id, item, isActive, onHover, onChoose }: ItemRowProps) {
  const { target, marks } = item;
  const place = placeOf(target);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys and focus are the field's: aria-activedescendant
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option outside of a select holds nothing but text
      role="option"
      aria-selected={isActive}
      className={classNames(
        styles['item'],
        isActive && styles['active'],
        isLocked(target) && styles['locked'],
      )}
      onMouseMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={styles['icon']}>
        <TargetIcon target={target} />
      </span>
      <span className={styles['name']}>
        <MarkedText text={nameOf(target)} marks={marks} />
        {target.kind === 'object' && target.hit.arguments !== null && (
          <span className={styles['arguments']}>({printable(target.hit.arguments)})</span>
        )}
      </span>
      {place !== null && <span className={styles['place']}>{printable(place)}</span>}
      <span className={styles['kind']}>{kindOf(target)}</span>
    </div>
  );
}

function TargetIcon({ target }: { readonly target: ItemTarget }) {
  if (target.kind === 'object') {
    return target.hit.canUse ? <ObjectIcon kind={target.hit.kind} /> : <Lock aria-hidden="true" />;
  }
  if (target.kind === 'tab' && target.hasRows) return <ObjectIcon kind="table" />;
  const icons: Readonly<Record<typeof target.kind, LucideIcon>> = {
    command: SquareChevronRight,
    tab: FileCode2,
    'saved-query': Bookmark,
    connection: PlugZap,
    profile: Plug,
  };
  const Icon = icons[target.kind];
  return <Icon aria-hidden="true" />;
}

function isLocked(target: ItemTarget): boolean {
  return target.kind === 'object' && !target.hit.canUse;
}

/** Where a target is found; null where its name says everything. */
function placeOf(target: ItemTarget): string | null {
  switch (target.kind) {
    case 'object': {
      const { kind, schema, relation } = target.hit;
      if (kind === 'schema') return null;
      return relation === null ? schema : `${schema}.${relation}`;
    }
    case 'connection':
      return `${target.connection.database} on ${target.connection.host}`;
    case 'profile':
      return `${target.profile.database} on ${target.profile.host}`;
    case 'saved-query':
      return target.query.excerpt;
    case 'command':
    case 'tab':
      return null;
  }
}

function kindOf(target: ItemTarget): string {
  switch (target.kind) {
    case 'object':
      return target.hit.kind;
    case 'command':
      return commandKeys(target.command);
    case 'tab':
      return target.hasRows ? 'table tab' : 'query tab';
    case 'saved-query':
      return 'saved query';
    case 'connection':
      return 'open connection';
    case 'profile':
      return 'connection';
  }
}
