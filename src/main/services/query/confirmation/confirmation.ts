import type { Connection } from '@shared/models/connection-profile';
import type { Risk, SqlStatementKind } from '@shared/models/statement-analysis';
import type { StatementImpacts } from '../impact/look-before';

/** A statement that needs a person's word, with what was seen of its effect. */
export interface StatementInQuestion extends StatementImpacts {
  readonly text: string;
  readonly kind: SqlStatementKind;
  readonly risks: readonly Risk[];
}

/** Statements that need a person's word before anything is sent. */
export interface ConfirmationRequest {
  readonly connection: Connection;
  readonly statements: readonly StatementInQuestion[];
  /** How many statements the run has, harmless ones included. */
  readonly total: number;
  /** Whether the run may also be tried in a transaction that the person ends. */
  readonly canReview: boolean;
  /** The kinds of statement about which this tab need not ask again; empty where it must. */
  readonly waivable: readonly SqlStatementKind[];
}

export interface ConfirmationAnswer {
  /** review: run in a transaction that stays open until the person commits or rolls back. */
  readonly choice: 'cancel' | 'review' | 'run';
  /** Whether to ask no more in this tab about statements of these kinds. */
  readonly waive: boolean;
}

/** Asks the person. `isOver` is aborted when the run was cancelled: nobody needs to answer then. */
export type Confirm = (
  request: ConfirmationRequest,
  isOver: AbortSignal,
) => Promise<ConfirmationAnswer>;
