import {
  Asterisk,
  ChartNoAxesColumn,
  Check,
  CircleDot,
  CloudDownload,
  CloudUpload,
  Database,
  FilePenLine,
  Folder,
  HardDrive,
  KeyRound,
  Layers,
  Link2,
  ListTree,
  Lock,
  Puzzle,
  Server,
  ShieldCheck,
  Table2,
  User,
  Users,
  Zap,
  type LucideIcon,
} from 'lucide-react';
import { classNames } from '../../components/class-names';
import { ObjectIcon } from '../../components/object-icon';
import type { ItemSign } from './tree-item';
import type { RowContent } from './tree-node';
import styles from './tree-row.module.css';

type PlainSign = Exclude<ItemSign, ObjectSign>;
type ObjectSign = 'function' | 'procedure' | 'aggregate' | 'window function' | 'type';

const itemIcons: Readonly<Record<PlainSign, LucideIcon>> = {
  label: CircleDot,
  attribute: Asterisk,
  index: ListTree,
  key: KeyRound,
  'foreign key': Link2,
  check: Check,
  constraint: Asterisk,
  statistics: ChartNoAxesColumn,
  schema: Folder,
  sequence: ListTree,
  trigger: Zap,
  rule: FilePenLine,
  policy: ShieldCheck,
  extension: Puzzle,
  publication: CloudUpload,
  subscription: CloudDownload,
  'event trigger': Zap,
  'foreign server': Server,
  role: User,
  group: Users,
  tablespace: HardDrive,
  table: Table2,
};

const folderIcons: Readonly<Record<string, LucideIcon>> = {
  'Other databases': Layers,
  Server: Server,
};

/** The sign at the front of a line of the tree. */
export function RowIcon({ content }: { readonly content: RowContent }) {
  const tone = toneOf(content);
  return <span className={classNames(styles['icon'], tone)}>{iconOf(content)}</span>;
}

function toneOf(content: RowContent): string | undefined {
  if (content.kind === 'item') return content.item.sign === 'key' ? styles['key'] : undefined;
  if (content.kind !== 'column') return undefined;
  if (content.column.isPrimaryKey) return styles['key'];
  return content.references.length > 0 ? styles['reference'] : undefined;
}

function iconOf(content: RowContent) {
  switch (content.kind) {
    case 'schema':
      return content.schema.canUse ? <ObjectIcon kind="schema" /> : <Lock aria-hidden="true" />;
    case 'relation': {
      const { canSelect, kind } = content.table;
      return canSelect ? <ObjectIcon kind={kind} /> : <Lock aria-hidden="true" />;
    }
    case 'column':
      if (content.column.isPrimaryKey) return <KeyRound aria-hidden="true" />;
      return content.references.length > 0 ? <Link2 aria-hidden="true" /> : null;
    case 'folder': {
      const Icon = folderIcons[content.label] ?? Folder;
      return <Icon aria-hidden="true" />;
    }
    case 'database':
      return content.database.canConnect ? (
        <Database aria-hidden="true" />
      ) : (
        <Lock aria-hidden="true" />
      );
    case 'item': {
      const { sign, isLocked } = content.item;
      if (isLocked === true) return <Lock aria-hidden="true" />;
      if (isObjectSign(sign)) return <ObjectIcon kind={sign} />;
      const Icon = itemIcons[sign];
      return <Icon aria-hidden="true" />;
    }
    case 'loading':
    case 'empty':
    case 'failed':
      return null;
  }
}

const objectSigns: ReadonlySet<string> = new Set<ObjectSign>([
  'function',
  'procedure',
  'aggregate',
  'window function',
  'type',
]);

function isObjectSign(sign: ItemSign): sign is ObjectSign {
  return objectSigns.has(sign);
}
