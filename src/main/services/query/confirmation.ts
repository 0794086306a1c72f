import type { Connection } from '@shared/models/connection-profile';
import type { Risk } from '@shared/models/statement-analysis';

/** Statements that need a person's word before anything is sent. */
export interface ConfirmationRequest {
  readonly connection: Connection;
  readonly statements: readonly { readonly text: string; readonly risks: readonly Risk[] }[];
  /** How many statements the run has, harmless ones included. */
  readonly total: number;
}

/** Asks the person; true means run them. */
export type Confirm = (request: ConfirmationRequest) => Promise<boolean>;
