import type { Notice, TextRange } from '@shared/models/query-result';
import type { SqlStatementKind } from '@shared/models/statement-analysis';
import type { DatabaseError } from '../../../db/errors/database-error';
import type { ReadStrategy } from '../../../db/statements/portal';

/** A statement as the session runs it. */
export interface SessionStatement {
  readonly text: string;
  /** Where it stands in the submitted text, for its result and its error's position. */
  readonly range: TextRange;
  readonly strategy: ReadStrategy;
  readonly values?: readonly (string | null)[];
  /** What the person calls each of them. */
  readonly names?: readonly (string | null)[];
  /** Where an offset of the text was before its parameters were numbered. */
  readonly originalOffset?: (offset: number) => number;
  /** Whether it leaves something in the session (SET, temporary tables, PREPARE) that later statements need. */
  readonly changesSession: boolean;
  /** Whether it goes on from statements before it, and must not run in another session than they did. */
  readonly continues?: boolean;
  /** What it is; absent is not known. */
  readonly kind?: SqlStatementKind;
  /** Whether it may commit by itself before its end; left out, it does not. */
  readonly mayCommit?: boolean;
  /** Whether a person asked to stop it while it was not yet on its way. */
  readonly isCancelled?: () => boolean;
  /** Rows that the first page holds at most. */
  readonly firstRows?: number;
}

/** COPY … FROM STDIN with its rows. */
export interface CopyStatement extends Omit<SessionStatement, 'strategy' | 'values' | 'names'> {
  readonly data: string;
  /** The share of the rows that is on its way, from 0 to 1. */
  readonly onSent: (share: number) => void;
}

/** A statement that did not come to its end: the error, and the time and notices until then. */
export class StatementFailed extends Error {
  constructor(
    readonly error: DatabaseError,
    readonly durationMs: number,
    readonly notices: readonly Notice[],
    /** Whether it was on its way to the server: false when there was no session to send it on. */
    readonly wasSent: boolean,
  ) {
    super(error.message, { cause: error });
  }
}
