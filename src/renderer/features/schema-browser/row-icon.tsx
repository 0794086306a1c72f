import type { RelationKind } from '@shared/models/table';
import {
  Database,
  Eye,
  Folder,
  FolderTree,
  Hash,
  KeyRound,
  Layers,
  Link2,
  Lock,
  ScanEye,
  Table2,
  TableProperties,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import { classNames } from '../../components/class-names';
import type { RowContent } from './tree-rows';
import styles from './tree-row.module.css';

const relationIcons: Record<RelationKind, LucideIcon> = {
  table: Table2,
  'partitioned table': TableProperties,
  view: Eye,
  'materialized view': ScanEye,
  'foreign table': Unplug,
  sequence: Hash,
};

const relationTones: Record<RelationKind, string | undefined> = {
  table: styles['table'],
  'partitioned table': styles['table'],
  view: styles['view'],
  'materialized view': styles['view'],
  'foreign table': styles['table'],
  sequence: undefined,
};

/** The sign at the front of a line of the tree. */
export function RowIcon({ content }: { readonly content: RowContent }) {
  const { Icon, tone } = iconOf(content);
  return (
    <span className={classNames(styles['icon'], tone)}>{Icon && <Icon aria-hidden="true" />}</span>
  );
}

function iconOf(content: RowContent): { Icon?: LucideIcon; tone?: string | undefined } {
  switch (content.kind) {
    case 'schema':
      return { Icon: content.schema.canUse ? FolderTree : Lock };
    case 'relation':
      if (!content.table.canSelect) return { Icon: Lock };
      return { Icon: relationIcons[content.table.kind], tone: relationTones[content.table.kind] };
    case 'column':
      if (content.column.isPrimaryKey) return { Icon: KeyRound, tone: styles['key'] };
      return content.references.length > 0 ? { Icon: Link2, tone: styles['reference'] } : {};
    case 'folder':
      return { Icon: content.label === 'Other databases' ? Layers : Folder };
    case 'database':
      return { Icon: content.database.canConnect ? Database : Lock };
    case 'loading':
    case 'empty':
    case 'failed':
      return {};
  }
}
