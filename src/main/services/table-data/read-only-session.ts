import type { RowBatch } from '@shared/models/row-batch';
import { Cancellation } from '../../db/statements/cancellation';
import {
  cancelledError,
  toDatabaseError,
  type DatabaseError,
} from '../../db/errors/database-error';
import { Portal, type Field } from '../../db/statements/portal';
import type { PortalPage } from '../../db/statements/portal-pages';
import type { Pool } from '../../db/pool/pool';
import type { PooledClient } from '../../db/pool/pooled-client';
import type { OpenConnection } from '../connections/open-connection';
import { endReader, readerEndedError } from '../query/cancelling/end-backend';
import type { BuiltStatement } from './sql/select-rows';
import { whereSetting } from './sql/where-expression';

/**
 * Whatever a filter or a view calls, nothing is written. Servers before version 12 round floats in
 * their text unless told otherwise, and a rounded value is no place to read on from.
 */
const begin = ['BEGIN TRANSACTION READ ONLY', 'SET LOCAL extra_float_digits = 3', whereSetting];

/** Far more rows than a page may ask for: what ends it are its bytes. */
const allRows = 1_000_000;

/** The rows of one statement. */
export interface StatementRows {
  readonly fields: readonly Field[];
  readonly rows: RowBatch;
  /** Whether the statement had further rows, which would have been too many bytes for one page. */
  readonly isCut: boolean;
}

/** A client of the pool in a transaction that can only read, from open() to release(). */
export class ReadOnlySession {
  readonly #cancellation: Cancellation;
  readonly #client: PooledClient;
  readonly #pool: Pool;
  /** What begins the transaction, until it is sent with the first statement. */
  #preamble: readonly string[];
  #portal: Portal | null = null;
  #statement = '';
  /** Resolves when the last read has ended, in whatever way. */
  #reading: Promise<void> = Promise.resolve();

  private constructor(connection: OpenConnection, client: PooledClient) {
    this.#cancellation = new Cancellation(connection.settings);
    this.#client = client;
    this.#pool = connection.pool;
    this.#preamble = [...begin, ...client.transactionSettings];
  }

  /** Raises DatabaseError: what the pool raises, Cancelled by the signal. */
  static async open(connection: OpenConnection, signal: AbortSignal): Promise<ReadOnlySession> {
    const client = await connection.pool.acquire({ holder: 'table', signal });
    if (!signal.aborted) return new ReadOnlySession(connection, client);
    // There was no session yet to cancel.
    client.release();
    throw cancelledError();
  }

  /** The columns of the statement that was started last. */
  get fields(): readonly Field[] {
    return this.#portal?.fields ?? [];
  }

  /** Runs a statement for one page of rows. Raises DatabaseError. */
  async run(statement: BuiltStatement): Promise<StatementRows> {
    const page = await this.#start(statement, 'complete', allRows);
    return { fields: this.fields, rows: page.rows, isCut: page.hasMore };
  }

  /** Runs a statement and leaves the rows behind the first ones for readOn(). Raises DatabaseError. */
  stream(statement: BuiltStatement, maxRows: number): Promise<PortalPage> {
    return this.#start(statement, 'streamed', maxRows);
  }

  /** The next rows of the stream. Raises DatabaseError. */
  async readOn(maxRows: number): Promise<PortalPage> {
    if (this.#portal === null) throw new Error('There is no stream to read on from.');
    return this.#read(this.#portal.read(maxRows));
  }

  /**
   * Stops what runs, which then fails as Cancelled. A server that does not stop within `patienceMs`, or
   * cannot be told, loses the session: only reads go with it. Never raises.
   */
  cancel(patienceMs?: number): Promise<void> {
    return this.#stop(this.#reading, patienceMs);
  }

  /** Gives up unread rows and gives the client back, which ends the transaction. Never raises. */
  async release(): Promise<void> {
    if (this.#portal !== null && !this.#portal.hasEnded) {
      // All further rows would otherwise be sent and dropped.
      await Promise.all([this.#portal.close(), this.#stop(this.#portal.ended)]);
    }
    await this.#cancellation.arrived();
    this.#client.release();
  }

  async #start(
    { text, values }: BuiltStatement,
    strategy: 'complete' | 'streamed',
    maxRows: number,
  ): Promise<PortalPage> {
    if (this.#cancellation.isRequested) throw cancelledError();
    this.#statement = text;
    this.#portal = new Portal(text, { values, strategy, preamble: this.#preamble });
    this.#preamble = [];
    return this.#read(this.#portal.start(this.#client.client, maxRows));
  }

  async #read(page: Promise<PortalPage>): Promise<PortalPage> {
    const settle = (): void => undefined;
    this.#reading = page.then(settle, settle);
    try {
      return await page;
    } catch (error) {
      throw this.#explain(error);
    }
  }

  async #stop(over: Promise<void>, patienceMs?: number): Promise<void> {
    const isTold = await this.#cancellation.request(this.#client.client).then(
      () => true,
      () => false,
    );
    await endReader(this.#pool, this.#client, over, isTold ? patienceMs : 0);
  }

  #explain(error: unknown): DatabaseError {
    const cancelRequested = this.#cancellation.isRequested;
    const explained = toDatabaseError(error, {
      phase: 'query',
      statement: this.#statement,
      cancelRequested,
    });
    return cancelRequested && explained.kind === 'ConnectionLost'
      ? readerEndedError(this.#client)
      : explained;
  }
}
