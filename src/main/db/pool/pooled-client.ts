import type { Session } from '../session/session';
import type { ErrorContext } from '../errors/error-context';
import { DatabaseError } from '../errors/database-error';
import type { PoolMember } from './pool-member';
import type { Queryable, QueryOptions, TextRow } from '../statements/queryable';
import { queryRows } from '../statements/query-rows';

/** What giving a client back may ask for. */
export interface ReleaseOptions {
  /** Discard all that was left in the session, such as SET, SET ROLE, temporary tables and locks. */
  readonly resetSession?: boolean;
}

/** What a client knows beside its session: for its errors, and for its transactions. */
export interface PooledClientContext extends Omit<ErrorContext, 'phase'> {
  readonly transactionSettings: readonly string[];
  /** Whether the session is of one backend for good. */
  readonly canPrepare: boolean;
}

/** A client of the pool in the hands of one holder, until it is released or destroyed. */
export class PooledClient implements Queryable {
  readonly client: Session;
  /** The backend's process id, as pg_stat_activity shows it. */
  readonly processId: number;
  /**
   * What each transaction has to begin with, because the session cannot hold it: behind a pooler in
   * transaction mode. Empty everywhere else.
   */
  readonly transactionSettings: readonly string[];
  readonly #context: Omit<ErrorContext, 'phase'>;
  readonly #giveBack: (options: ReleaseOptions) => void;
  readonly #giveUp: () => void;
  readonly #canPrepare: boolean;
  #isHeld = true;

  constructor(
    member: PoolMember,
    { transactionSettings, canPrepare, ...context }: PooledClientContext,
    giveBack: (options: ReleaseOptions) => void,
    giveUp: () => void,
  ) {
    this.client = member.session;
    this.processId = member.session.processID ?? 0;
    this.transactionSettings = transactionSettings;
    this.#canPrepare = canPrepare;
    this.#context = context;
    this.#giveBack = giveBack;
    this.#giveUp = giveUp;
  }

  async query(
    text: string,
    values?: Parameters<Queryable['query']>[1],
    { isRepeated = false }: QueryOptions = {},
  ): Promise<readonly TextRow[]> {
    if (!this.#isHeld) {
      throw new DatabaseError({
        kind: 'Internal',
        message: 'This client was already given back to the pool.',
      });
    }
    const { prepared } = this.client;
    const keepsPlan = isRepeated && this.#canPrepare;
    return queryRows(this.client, text, values, this.#context, keepsPlan ? prepared : null);
  }

  /**
   * Gives the client back. An open transaction is rolled back before anyone else gets it; a client
   * that does not become ready for that in time is destroyed. Later calls do nothing.
   */
  release(options: ReleaseOptions = {}): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#giveBack(options);
  }

  /** Cuts the link at once and makes room for another client. Later calls do nothing. */
  destroy(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#giveUp();
  }
}
