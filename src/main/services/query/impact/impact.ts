/** How many rows: counted, or as the planner guesses. */
export interface RowCount {
  readonly count: number;
  readonly isExact: boolean;
}

export type ImpactAction = 'delete' | 'update' | 'insert' | 'merge' | 'truncate' | 'drop' | 'alter';

/** A relation that a statement acts on. */
export interface ImpactTarget {
  /** With its schema, quoted where SQL needs it. */
  readonly name: string;
  /** A word such as "table" or "view". */
  readonly kind: string;
  /** How many rows it holds; null when that is not known. */
  readonly rows: RowCount | null;
  readonly partitions: number;
  /** Whether it is the session's own, and gone with it. */
  readonly isTemporary: boolean;
}

/** Objects of one kind that depend on what is dropped. */
export interface DependentGroup {
  /** A word in the singular, such as "view" or "foreign key". */
  readonly kind: string;
  readonly count: number;
  /** The first few, with their schema or table. */
  readonly names: readonly string[];
}

/** A foreign key's way from a deleted row to the rows that refer to it. */
export interface ReferringTable {
  readonly name: string;
  readonly onDelete: 'refuse' | 'cascade' | 'set null' | 'set default';
  /** Whether it refers to the target itself, not to a table that a cascade reaches. */
  readonly isDirect: boolean;
}

/** What one statement would do, as far as the server can tell without doing it. */
export interface Impact {
  readonly action: ImpactAction;
  /** Why an UPDATE or DELETE takes every row; null when a WHERE chooses. */
  readonly whole: 'no-where' | 'always-true' | null;
  readonly cascades: boolean;
  /** What is dropped where it is no relation: for example "schema shop". */
  readonly object: string | null;
  readonly targets: readonly ImpactTarget[];
  /** Whether the catalog has nothing of what the statement names. */
  readonly isAbsent: boolean;
  /** Rows that the statement touches; null when that is not known. */
  readonly touched: RowCount | null;
  /** What the targets, and what goes with them, take on disk; null when that is not known. Bytes. */
  readonly bytes: number | null;
  readonly dependents: readonly DependentGroup[];
  readonly referringTables: readonly ReferringTable[];
  /** Tables that TRUNCATE ... CASCADE empties too, or that make the server refuse it without. */
  readonly truncatedToo: readonly string[];
  readonly triggers: readonly string[];
  /** What the server says against the statement as things stand; null when nothing. */
  readonly refusal: string | null;
  /** What could not be found out, and why; null when all was. */
  readonly unknown: string | null;
}

/** An impact of which nothing is known yet. */
export function emptyImpact(action: ImpactAction): Impact {
  return {
    action,
    whole: null,
    cascades: false,
    object: null,
    targets: [],
    isAbsent: false,
    touched: null,
    bytes: null,
    dependents: [],
    referringTables: [],
    truncatedToo: [],
    triggers: [],
    refusal: null,
    unknown: null,
  };
}
