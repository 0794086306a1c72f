import type { ObjectKind } from '@shared/models/search';
import {
  Columns3,
  Eye,
  FolderTree,
  Hash,
  ScanEye,
  Shapes,
  Sigma,
  SquareFunction,
  SquareTerminal,
  Table2,
  TableProperties,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import { classNames } from './class-names';
import styles from './object-icon.module.css';

const icons: Readonly<Record<ObjectKind, LucideIcon>> = {
  schema: FolderTree,
  table: Table2,
  'partitioned table': TableProperties,
  view: Eye,
  'materialized view': ScanEye,
  'foreign table': Unplug,
  sequence: Hash,
  function: SquareFunction,
  procedure: SquareTerminal,
  aggregate: Sigma,
  'window function': SquareFunction,
  type: Shapes,
  column: Columns3,
};

const tones: Partial<Record<ObjectKind, string | undefined>> = {
  table: styles['table'],
  'partitioned table': styles['table'],
  'foreign table': styles['table'],
  view: styles['view'],
  'materialized view': styles['view'],
  function: styles['routine'],
  procedure: styles['routine'],
  aggregate: styles['routine'],
  'window function': styles['routine'],
  type: styles['type'],
};

/** The sign of a kind of object, the same wherever objects are shown. */
export function ObjectIcon({ kind }: { readonly kind: ObjectKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden="true" className={classNames(styles['icon'], tones[kind])} />;
}
