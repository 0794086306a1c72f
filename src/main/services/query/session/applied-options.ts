import type { TabOptions } from '@shared/models/tab-options';
import type { PooledClient } from '../../../db/pool/pooled-client';
import { querySeveral } from '../../../db/statements/query-several';

/** What the session had before anything was set in it. */
interface Before {
  readonly statementTimeout: string;
  readonly defaultReadOnly: string;
}

/**
 * What a tab's options have set in one session. They are set for the session, not for a transaction:
 * a statement such as VACUUM runs in none, and BEGIN is the person's. Whoever gives the session back
 * has it reset, where `areSet`.
 *
 * Only SET and SHOW are sent: unlike a query they take no snapshot, so that the transaction can still
 * be set up after them (PostgreSQL manual, SET TRANSACTION).
 */
export class AppliedOptions {
  #before: Before | null = null;
  #areSet = false;

  /** Whether anything was set: the session must be reset before anyone else has it. */
  get areSet(): boolean {
    return this.#areSet;
  }

  /**
   * Sets what the options ask for, anew before each statement: a ROLLBACK takes back what was set in
   * its transaction. What they no longer ask for is set back. Raises DatabaseError.
   */
  async apply(client: PooledClient, options: TabOptions): Promise<void> {
    const { statementTimeoutMs, readOnly = false } = options;
    if (statementTimeoutMs === undefined && !readOnly && this.#before === null) return;
    const transaction = client.client.getTransactionStatus();
    // A failed transaction takes nothing but its end.
    if (transaction === 'E') return;
    const quoted = (value: string): string => client.client.escapeLiteral(value);
    const timeout = statementTimeoutMs ?? (this.#before && quoted(this.#before.statementTimeout));
    const startsReadOnly = readOnly ? 'on' : this.#before && quoted(this.#before.defaultReadOnly);
    // Also when the answer does not arrive.
    this.#areSet = true;
    const seen = await querySeveral(client, [
      'SHOW statement_timeout',
      'SHOW default_transaction_read_only',
      ...(timeout === null ? [] : [`SET statement_timeout = ${timeout}`]),
      ...(startsReadOnly === null ? [] : [`SET default_transaction_read_only = ${startsReadOnly}`]),
      ...(readOnly && transaction === 'T' ? ['SET transaction_read_only = on'] : []),
    ]);
    this.#before ??= {
      statementTimeout: seen[0]?.[0]?.['statement_timeout'] ?? '0',
      defaultReadOnly: seen[1]?.[0]?.['default_transaction_read_only'] ?? 'off',
    };
  }
}
