import type { Notice, TransactionStatus } from '@shared/models/query-result';
import type { SqlStatementKind } from '@shared/models/statement-analysis';
import type { TabOptions } from '@shared/models/tab-options';
import { Cancellation, type SparingCancellation } from '../../../db/statements/cancellation';
import type { ConnectionSettings } from '../../../db/session/connection-settings';
import { cancelledError, DatabaseError, toDatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import type { PooledClient } from '../../../db/pool/pooled-client';
import { Notifications } from './notifications';
import { OwnTransaction } from './own-transaction';
import { AppliedOptions } from './applied-options';
import { endBackend } from '../cancelling/end-backend';
import type { StubbornSession } from '../cancelling/escalation';
import { SessionCheck } from './session-check';
import { inWordsOfSession, type SessionEnd } from './session-errors';
import { SessionNews, stateIsNotKept } from './session-news';
import type { SessionStatement } from './session-statement';

export interface HeldSessionOptions {
  readonly pool: Pool;
  readonly settings: ConnectionSettings;
  /** Who holds the client, for the message of an exhausted pool. */
  readonly holder: string;
  /** The session ended from the other side, and with it a transaction or settings of the tab. */
  readonly onLost?: () => void;
}

/**
 * The client that an editor tab has from the pool, if any. It is given back between statements,
 * unless a transaction is open or the session's state was changed: then it stays with the tab.
 */
export class HeldSession implements StubbornSession {
  readonly #options: HeldSessionOptions;
  readonly #cancellation: Cancellation;
  /** What the tab asks for; see TabOptions. */
  #wanted: TabOptions = {};
  #applied = new AppliedOptions();
  readonly #own = new OwnTransaction();
  #client: PooledClient | null = null;
  #waiting: AbortController | null = null;
  #stateChanged = false;
  readonly #news = new SessionNews();
  readonly #notifications = new Notifications();
  readonly #check = new SessionCheck();
  /** How a person had the session end that ran the present statement. */
  #endedBy: SessionEnd | null = null;
  /** Whether the tab is closed: what it still means to run is not begun. */
  #isRetired = false;

  constructor(options: HeldSessionOptions) {
    this.#options = options;
    this.#cancellation = new Cancellation(options.settings);
  }

  /** What is set before each statement from now on. */
  set wanted(options: TabOptions) {
    this.#wanted = options;
  }

  get wanted(): TabOptions {
    return this.#wanted;
  }

  /** Whether nothing may be written, by the connection's settings or by the tab's options. */
  get isReadOnly(): boolean {
    return this.#options.settings.readOnly || this.#wanted.readOnly === true;
  }

  get transaction(): TransactionStatus {
    if (this.#own.isOpen) return 'idle';
    const status = this.#client?.client.getTransactionStatus();
    if (status === 'T') return 'open';
    return status === 'E' ? 'failed' : 'idle';
  }

  /** Whether the tab needs this very session: for its settings, temporary tables or transaction. */
  get isBound(): boolean {
    return this.#stateChanged || this.transaction !== 'idle';
  }

  /** The client that stays with the tab between its statements, if any. */
  get kept(): PooledClient | null {
    return this.#client;
  }

  /** The process id of the backend that the tab has; null when it has none. */
  get processId(): number | null {
    return this.#client?.processId ?? null;
  }

  /** What goes with the session when it ends: nothing, when any other would do as well. */
  get losses(): string[] {
    return [
      ...(this.transaction === 'idle' ? [] : ['what the open transaction has changed so far']),
      ...(this.#stateChanged ? ['its settings, temporary tables and locks'] : []),
    ];
  }

  /**
   * The client to send a statement on, with the tab's options in force. A statement that `continues`
   * what came before it gets no new session in place of one that was lost. Raises DatabaseError: what
   * the pool raises, Cancelled, or ConnectionLost.
   */
  async acquire({ continues = false }: { continues?: boolean } = {}): Promise<PooledClient> {
    if (this.#isRetired) throw cancelledError('The tab was closed before it was sent.');
    if (continues) this.#news.refuseAfterLoss();
    this.#cancellation.forget();
    this.#endedBy = null;
    const client = this.#client ?? (await this.#take());
    await this.#cancellation.arrived();
    if (!this.#cancellation.isRequested && !this.#poolsTransactions) {
      await this.#cancellation.spare(() => this.#applied.apply(client, this.#wanted));
    }
    // A request may have come in the meantime.
    await this.#cancellation.arrived();
    if (this.#cancellation.isRequested)
      throw cancelledError('It was cancelled before it was sent.');
    this.#check.noteStatement();
    return client;
  }

  /**
   * What has to be sent ahead of one statement on the session that `acquire` gave. Only a pooler in
   * transaction mode makes that necessary: see OwnTransaction.
   */
  begin(kind: SqlStatementKind | undefined): string[] {
    if (this.#client === null || !this.#poolsTransactions) return [];
    return this.#own.begin(this.#client, this.#termsOf(kind));
  }

  /** Rows of the last statement were given up: its transaction still has to end. `undone` is told by the next. */
  async finishLast(undone: DatabaseError | null): Promise<void> {
    if (undone !== null) this.#news.undo(undone);
    if (!this.#own.isOpen) return;
    await this.#cancellation.arrived();
    try {
      await this.finish();
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#news.undo(error);
    }
  }

  /** Ends what `begin` began, once the rows of the statement are read. Raises DatabaseError. */
  async finish(kind?: SqlStatementKind): Promise<void> {
    if (this.#client === null || !this.#poolsTransactions) return;
    await this.#own.finish(this.#client, this.#termsOf(kind));
  }

  /**
   * Keeps the client with the tab from now on: the session has settings, temporary tables or locks.
   * Behind a pooler in transaction mode there is nothing to keep, which the next notice says.
   */
  keepState(): void {
    if (this.#poolsTransactions) this.#news.add(stateIsNotKept);
    else this.#stateChanged = true;
  }

  /** Gives the client back to the pool, unless the tab needs this very session. */
  async settle(): Promise<void> {
    await this.#cancellation.arrived();
    await this.finish();
    await this.verify();
    if (!this.isBound) this.release();
  }

  /** Looks whether the session still is what it has to be, whatever the statement set. */
  async verify(): Promise<void> {
    const client = this.#client;
    // A failed transaction answers nothing; what follows its ROLLBACK is looked at.
    if (client === null || this.transaction === 'failed') return;
    const owner = this.#options.settings.readOnly ? 'connection' : 'tab';
    const { news, mustReset } = await this.#cancellation.spare(() =>
      this.#check.look(client, {
        readOnlyFor: this.isReadOnly ? owner : null,
        isInTransaction: this.transaction === 'open',
        poolsTransactions: this.#poolsTransactions,
      }),
    );
    for (const message of news) this.#news.add(message);
    if (!mustReset) return;
    this.#stateChanged = true;
    this.release();
  }

  /** Gives out no client any more: nobody would give it back. */
  retire(): void {
    this.#isRetired = true;
  }

  /** Gives the client back whatever it holds: a transaction is rolled back, changed state discarded. */
  release(): void {
    const client = this.#client;
    this.#client = null;
    client?.client.off('end', this.#onEnd);
    if (client !== null) this.#notifications.leave(client.client);
    client?.release({ resetSession: this.#stateChanged || this.#applied.areSet });
    this.#forgetSession();
  }

  get #poolsTransactions(): boolean {
    return this.#options.pool.connector.poolsTransactions;
  }

  #termsOf(kind: SqlStatementKind | undefined) {
    return { kind, isReadOnly: this.isReadOnly, options: this.#wanted };
  }

  #forgetSession(): void {
    this.#own.forget();
    this.#stateChanged = false;
    this.#applied = new AppliedOptions();
  }

  /** Stops waiting for a client, or a statement, which then fails with 57014. Raises DatabaseError when it was not told. */
  async cancel(): Promise<void> {
    this.#waiting?.abort();
    await this.#cancellation.request(this.#client?.client ?? null);
  }

  /** The requests to cancel, for whoever sends something on the session that none may meet. */
  get cancellation(): SparingCancellation {
    return this.#cancellation;
  }

  /** Has the server end the session. Raises DatabaseError: see endBackend. */
  async end(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    // Its end can be here before the answer to what has ended it.
    this.#endedBy = 'server';
    try {
      await endBackend(this.#options.pool, client.client);
    } catch (error) {
      this.#endedBy = null;
      throw error;
    }
  }

  /** Cuts the link: the server may work on. */
  drop(): void {
    this.#endedBy = 'link';
    this.#client?.destroy();
  }

  /** The error of a statement, or of reading its rows, in the words of this session. */
  explain(
    error: unknown,
    statement?: Pick<SessionStatement, 'text' | 'range' | 'originalOffset' | 'names' | 'mayCommit'>,
  ): DatabaseError {
    const explained = toDatabaseError(error, {
      phase: 'query',
      statement: statement?.text,
      statementOffset: statement?.range.from,
      originalOffset: statement?.originalOffset,
      parameters: statement?.names,
      cancelRequested: this.#cancellation.isRequested,
    });
    return inWordsOfSession(explained, {
      endedBy: this.#endedBy,
      options: this.#wanted,
      settings: this.#options.settings,
      isStateChanged: this.#stateChanged,
      mayCommit: statement?.mayCommit === true,
      // A tab that is closed rolls it back by itself.
      isTransactionFailed: !this.#isRetired && this.transaction === 'failed',
    });
  }

  /** What a person must be told with the next statement; it counts as told. */
  takeNews(): Notice[] {
    return [...this.#news.take(), ...this.#notifications.take()];
  }

  async #take(): Promise<PooledClient> {
    this.#waiting = new AbortController();
    const { pool, holder } = this.#options;
    try {
      const client = await pool.acquire({ holder, signal: this.#waiting.signal });
      client.client.once('end', this.#onEnd);
      this.#notifications.follow(client.client);
      this.#client = client;
      return client;
    } finally {
      this.#waiting = null;
    }
  }

  readonly #onEnd = (): void => {
    const lost = [
      ...(this.transaction === 'idle' ? [] : ['its open transaction was rolled back']),
      ...(this.#stateChanged ? ['its settings, temporary tables and locks are gone'] : []),
    ];
    if (lost.length > 0) this.#news.lose(lost);
    this.#client?.destroy();
    this.#client = null;
    this.#forgetSession();
    if (lost.length > 0) this.#options.onLost?.();
  };
}
