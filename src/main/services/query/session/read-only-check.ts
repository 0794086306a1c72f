import { DatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';

/** What became of a session that is to be read-only; `unknown` where it did not answer. */
export type ReadOnlyState = 'kept' | 'switched' | 'unknown';

/**
 * Looks whether a read-only session still is one: a function may have set it to write, which no look
 * at the statement tells. It looks once after what ran.
 */
export class ReadOnlyCheck {
  /** Whether something ran since the session was last seen to be read-only. */
  #isDue = false;

  get isDue(): boolean {
    return this.#isDue;
  }

  /** Something is about to run. */
  noteStatement(): void {
    this.#isDue = true;
  }

  /**
   * Asks the session what it has not said by itself. Within a transaction, what it switched is looked at
   * again after the end of that.
   */
  async look(
    client: PooledClient,
    { isInTransaction }: { readonly isInTransaction: boolean },
  ): Promise<ReadOnlyState> {
    const state = await readState(client, isInTransaction);
    if (state !== 'unknown') this.#isDue = state === 'switched' && isInTransaction;
    return state;
  }
}

async function readState(client: PooledClient, isInTransaction: boolean): Promise<ReadOnlyState> {
  try {
    const isReadOnly =
      (client.client.saysReadOnly || (await isOn(client, 'default_transaction_read_only'))) &&
      (!isInTransaction || (await isOn(client, 'transaction_read_only')));
    return isReadOnly ? 'kept' : 'switched';
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return 'unknown';
  }
}

/** SHOW takes no snapshot: a transaction can still be set up after it. */
async function isOn(client: PooledClient, setting: string): Promise<boolean> {
  const [row] = await client.query(`SHOW ${setting}`);
  return row?.[setting] === 'on';
}
