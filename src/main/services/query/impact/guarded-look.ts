import { rowTexts } from '@shared/models/row-batch';
import { cancelledError, DatabaseError, toDatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';
import type { SparingCancellation } from '../../../db/statements/cancellation';
import { Portal } from '../../../db/statements/portal';
import type { Queryable, TextRow } from '../../../db/statements/queryable';

/** How long a look waits for somebody else's lock, in milliseconds. */
const lockTimeoutMs = 250;

/** What a step of a look came to; a failure leaves the session able to go on. */
export type StepResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DatabaseError };

interface LookTerms {
  /** A performance.now(). */
  readonly endsAt: number;
  /** The search_path to look along; null for that of the session. */
  readonly searchPath: string | null;
  /** Aborted when nobody needs the look any more: whoever aborts it has the server cancel the step under way. */
  readonly signal?: AbortSignal;
  /** The requests that do so. */
  readonly cancellation?: SparingCancellation;
}

const never = new AbortController().signal;

const noCancellation: SparingCancellation = {
  arrived: () => Promise.resolve(),
  spare: (send) => send(),
};

/**
 * Looks at a database without changing it: everything runs in a read-only transaction with timeouts,
 * which is rolled back at the end. Inside an open transaction a savepoint takes its place: rolling
 * back to it gives back the locks and the settings made since (manual, ROLLBACK TO SAVEPOINT), and
 * makes the transaction able to write again.
 */
export class GuardedLook implements Queryable {
  readonly #client: PooledClient;
  readonly #endsAt: number;
  readonly #signal: AbortSignal;
  readonly #cancellation: SparingCancellation;
  #grantedMs: number;

  private constructor(
    client: PooledClient,
    { endsAt, signal = never, cancellation = noCancellation }: LookTerms,
  ) {
    this.#client = client;
    this.#endsAt = endsAt;
    this.#signal = signal;
    this.#cancellation = cancellation;
    this.#grantedMs = this.remainingMs;
  }

  /**
   * Runs `look` and undoes whatever it took, also when it fails. `endsAt` is a performance.now(): the
   * server ends each statement by then. Raises what `look` raises, and DatabaseError: Cancelled once
   * it is stopped.
   */
  static async within<T>(
    client: PooledClient,
    terms: LookTerms,
    look: (look: GuardedLook) => Promise<T>,
  ): Promise<T> {
    const isOpen = client.client.getTransactionStatus() === 'T';
    const guarded = new GuardedLook(client, terms);
    const { searchPath } = terms;
    guarded.#refuseIfStopped();
    try {
      // One message: a look is short of round trips. No cancel may meet it, ahead of its savepoint.
      const beginning = [
        ...(isOpen
          ? ['SAVEPOINT postern_look', 'SET LOCAL transaction_read_only = on']
          : ['BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY', ...client.transactionSettings]),
        `SET LOCAL lock_timeout = ${lockTimeoutMs}`,
        // Compiling a query over the catalogs would take longer than running it.
        'SET LOCAL jit = off',
        `SET LOCAL statement_timeout = ${guarded.#grantedMs}`,
        'SAVEPOINT postern_step',
      ];
      await guarded.#cancellation.spare(() => guarded.#send(beginning.join('; ')));
      guarded.#refuseIfStopped();
      if (searchPath !== null) {
        await guarded.query(`SELECT pg_catalog.set_config('search_path', $1, true)`, [searchPath]);
      }
      return await look(guarded);
    } finally {
      await guarded.#undo(
        isOpen ? 'ROLLBACK TO SAVEPOINT postern_look; RELEASE SAVEPOINT postern_look' : 'ROLLBACK',
      );
    }
  }

  /** A cancel that meets the end of the look has failed the transaction around it: that is undone, too. */
  async #undo(commands: string): Promise<void> {
    await this.#cancellation.arrived();
    try {
      await this.#send(commands);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind === 'ConnectionLost') throw error;
      await this.#cancellation.arrived();
      await this.#send(commands);
    }
  }

  /** Milliseconds until the look has to end, at least 1. */
  get remainingMs(): number {
    return Math.max(1, Math.ceil(this.#endsAt - performance.now()));
  }

  async query(
    text: string,
    values?: Parameters<Queryable['query']>[1],
  ): Promise<readonly TextRow[]> {
    this.#refuseIfStopped();
    return this.#client.query(text, values);
  }

  /**
   * The one value that a statement made from the user's text gives; null for none. The extended
   * protocol takes exactly one statement, so that nothing rides along behind a quote that the server
   * reads differently. Raises DatabaseError.
   */
  async readValue(text: string): Promise<string | null> {
    try {
      const portal = new Portal(text, { strategy: 'complete' });
      const { rows } = await portal.start(this.#client.client, 1);
      return rows.rowCount === 0 ? null : (rowTexts(rows, 0)[0] ?? null);
    } catch (error) {
      throw toDatabaseError(error, { phase: 'query', statement: text });
    }
  }

  /** Tries one step of the look; its failure does not end the others. Raises Cancelled once it is stopped. */
  async attempt<T>(step: () => Promise<T>): Promise<StepResult<T>> {
    this.#refuseIfStopped();
    try {
      await this.#limitStatement();
      return { ok: true, value: await step() };
    } catch (error) {
      if (!(error instanceof DatabaseError) || this.#signal.aborted) throw error;
      await this.#send('ROLLBACK TO SAVEPOINT postern_step');
      return { ok: false, error };
    }
  }

  /** Renewed only when much of the time is gone: each renewal is a round trip. */
  async #limitStatement(): Promise<void> {
    if (performance.now() > this.#endsAt) {
      throw new DatabaseError({ kind: 'Timeout', message: 'there was no time left' });
    }
    if (this.remainingMs > this.#grantedMs / 2) return;
    this.#grantedMs = this.remainingMs;
    await this.#send(`SET LOCAL statement_timeout = ${this.#grantedMs}`);
  }

  #refuseIfStopped(): void {
    if (this.#signal.aborted) throw cancelledError('Nobody needs to look any more.');
  }

  async #send(commands: string): Promise<void> {
    await this.#client.query(commands);
  }
}
