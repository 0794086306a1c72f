import type { GrantedObject } from '@shared/models/catalog-objects';

/** What an item is: its sign, and in words for a screen reader. */
export type ItemSign =
  | 'schema'
  | 'sequence'
  | 'function'
  | 'procedure'
  | 'aggregate'
  | 'window function'
  | 'type'
  | 'label'
  | 'attribute'
  | 'index'
  | 'key'
  | 'foreign key'
  | 'check'
  | 'constraint'
  | 'statistics'
  | 'trigger'
  | 'rule'
  | 'policy'
  | 'extension'
  | 'publication'
  | 'subscription'
  | 'event trigger'
  | 'foreign server'
  | 'role'
  | 'group'
  | 'tablespace'
  | 'table';

/** A line for something that is neither schema, relation, column nor database. */
export interface TreeItem {
  /** What it is, in words: the line's name for a screen reader has it. */
  readonly sign: ItemSign;
  readonly name: string;
  /** Tells items of the same name apart; the name itself where it is left out. */
  readonly id?: string;
  /** At the right end of the line. */
  readonly aside: string | null;
  /** The lines of its tooltip, below its name. */
  readonly notes: readonly (string | null | false | undefined)[];
  /** Whether the current user may not use it. */
  readonly isLocked?: boolean;
  /** The statement or expression that makes it, as the server prints it. */
  readonly definition?: string;
  /** Puts together the statement that makes it, where the server prints none; null where there is none. */
  readonly compose?: () => string | null;
  readonly owner?: string;
  /** Where its privileges are found, for what rights are granted on. */
  readonly grants?: GrantedObject;
  /** The oid of a routine, whose definition has to be asked for. */
  readonly routine?: number;
  /** What it consists of. */
  readonly parts?: readonly TreeItem[];
}
