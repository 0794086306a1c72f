import { DatabaseError as ServerError, type Client, type Connection } from 'pg';
import { DatabaseError } from '../errors/database-error';
import type { RowBytesConnection } from '../wire/row-bytes-connection';
import { PortalPages, type PortalEnd, type PortalPage } from './portal-pages';

/** A column as RowDescription announces it. */
export interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/**
 * How rows are read.
 * - `paged`: Execute with a row limit. The portal can be closed at any row without harm, but the
 *   server plans no parallel workers for it.
 * - `streamed`: one Execute without a limit, the socket paused while a page waits to be read. The
 *   server keeps its parallel plan, but reading can end early only by cancelling, which undoes what
 *   the statement wrote: for statements that only read, outside a transaction block.
 * - `complete`: one Execute with Sync right behind it, a round trip less: for statements that return
 *   no rows, or whose rows are all wanted. Closed early it reads to the end and drops the rest.
 */
export type ReadStrategy = 'paged' | 'streamed' | 'complete';

/** How one statement is sent. */
export interface PortalOptions {
  readonly values?: readonly (string | null)[];
  readonly strategy: ReadStrategy;
  /**
   * Statements without rows that go ahead of it in the same round trip, such as the BEGIN of its
   * transaction; when one fails, nothing behind it is run.
   */
  readonly preamble?: readonly string[];
}

let portalsOpened = 0;

/**
 * One statement on one session, by the extended query protocol: exactly one statement per Parse, so
 * that nothing rides along. It implements what pg calls a submittable.
 *
 * Every page resolves only when the server has answered for good: the last one after ReadyForQuery,
 * since a deferred constraint fails after CommandComplete (PostgreSQL manual, "Extended Query").
 */
export class Portal {
  readonly #text: string;
  readonly #values: readonly (string | null)[];
  readonly #strategy: ReadStrategy;
  readonly #name: string;
  readonly #preamble: readonly string[];
  /** How many statements of the preamble have not ended yet. */
  #preambleLeft: number;
  #connection: RowBytesConnection | null = null;
  readonly #pages: PortalPages;
  #fields: readonly Field[] | null = null;
  #commandTag: string | null = null;
  #phase: 'executing' | 'suspended' | 'ended' = 'executing';
  #syncSent = false;
  #discarding = false;
  #error: unknown = null;
  #resolveEnded: () => void = () => undefined;
  /** Resolves when the server has answered for good, or its link has ended. */
  readonly ended = new Promise<void>((resolve) => {
    this.#resolveEnded = resolve;
  });

  constructor(text: string, options: PortalOptions) {
    portalsOpened += 1;
    // One without a name makes way for the next: within a transaction the server keeps all others, with
    // their plans, and a script may have thousands of statements.
    this.#name = options.strategy === 'complete' ? '' : `postern_${portalsOpened}`;
    this.#text = text;
    this.#preamble = options.preamble ?? [];
    this.#preambleLeft = this.#preamble.length;
    this.#values = options.values ?? [];
    this.#strategy = options.strategy;
    this.#pages = new PortalPages({
      countsRows: options.strategy === 'streamed',
      pause: () => this.#connection?.pause(),
    });
  }

  /** The columns, or null for a statement that returns no rows. Known once the first page is there. */
  get fields(): readonly Field[] | null {
    return this.#fields;
  }

  /** The server's command tag, for example "SELECT 3"; null until the statement has ended. */
  get commandTag(): string | null {
    return this.#commandTag;
  }

  get hasEnded(): boolean {
    return this.#phase === 'ended';
  }

  /** Sends the statement and resolves with its first rows. Raises what pg raises. */
  start(client: Client, maxRows: number): Promise<PortalPage> {
    return this.#pages.wait(maxRows, () => client.query(this));
  }

  /** Resolves with up to `maxRows` further rows, of up to 1 MB and one row. One read at a time. */
  read(maxRows: number): Promise<PortalPage> {
    return this.#pages.wait(maxRows, () => {
      if (this.#phase === 'suspended' && this.#pages.areEmpty) this.#executeOn(maxRows);
      this.#settle();
      if (this.#pages.areAwaited) this.#connection?.resume();
    });
  }

  /** Answers the reader at once with the rows that have come so far. The server is not disturbed. */
  settleEarly(): void {
    if (this.#fields !== null) this.#pages.answer(this.#outcome);
  }

  /**
   * Gives up the rows not read yet and resolves when the session is ready for the next statement, with
   * the error that the statement ended with, which no reader was told of; null without one. Outside a
   * transaction block the server commits now, and a deferred constraint fails now. A streamed portal
   * ends when the server has sent all its rows or was told to cancel: the caller sends that request.
   */
  async close(): Promise<unknown> {
    if (this.#phase === 'ended') return this.#error;
    this.#discarding = true;
    this.#pages.drop();
    if (this.#phase === 'suspended') this.#closeAndSync();
    this.#connection?.resume();
    await this.ended;
    return this.#error;
  }

  /** Null while more rows may come. */
  get #outcome(): PortalEnd | null {
    return this.#phase === 'ended' ? { error: this.#error } : null;
  }

  /** Answers the reader if there is enough to answer with. */
  #settle(): void {
    if (this.#phase === 'executing') this.#pages.answerIfFull();
    else this.#pages.answer(this.#outcome);
  }

  #executeOn(maxRows: number): void {
    this.#phase = 'executing';
    this.#connection?.execute({ portal: this.#name, rows: String(maxRows) }, true);
    this.#connection?.flush();
  }

  #sync(): void {
    if (this.#syncSent) return;
    this.#syncSent = true;
    this.#connection?.sync();
  }

  /**
   * Sync with Close in front of it. A named portal stays open behind its last row until the transaction
   * ends, and its relations in use: the server would refuse an ALTER TABLE or TRUNCATE of them there.
   */
  #closeAndSync(): void {
    if (this.#syncSent) return;
    this.#connection?.close({ type: 'P', name: this.#name }, true);
    this.#sync();
  }

  readonly #takeRow = (buffer: Buffer, start: number, end: number): void => {
    if (!this.#discarding) this.#pages.append(buffer, start, end);
  };

  readonly #end = (): void => {
    if (this.#phase === 'ended') return;
    if (this.#connection !== null) this.#leave(this.#connection);
    this.#phase = 'ended';
    this.#settle();
    this.#resolveEnded();
  };

  #leave(connection: RowBytesConnection): void {
    connection.rowSink = null;
    // Paused at a full page whose chunk also held the end: the next statement needs its answers.
    connection.resume();
    connection.off('readyForQuery', this.#end);
    connection.off('end', this.#lose);
    connection.off('copyOutResponse', this.#refuseCopyOut);
  }

  /** The link has ended before the server has answered for good; pg tells of it only afterwards. */
  readonly #lose = (): void => {
    this.#error ??= new Error('Connection terminated unexpectedly');
    this.#end();
  };

  /** COPY TO STDOUT has no columns to show; its data are dropped and the statement reported as failed. */
  readonly #refuseCopyOut = (): void => {
    this.#error = new DatabaseError({
      kind: 'InvalidQuery',
      message: 'COPY … TO STDOUT sends a file, not rows.',
      advice: 'Run the query itself and export its result.',
    });
  };

  // --- What pg calls on the active query ---

  submit(connection: Connection): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every client of the pool is made with this connection class.
    const rows = connection as RowBytesConnection;
    this.#connection = rows;
    rows.rowSink = this.#takeRow;
    // After an error pg forgets the active query and no longer tells it of ReadyForQuery.
    rows.on('readyForQuery', this.#end);
    rows.on('end', this.#lose);
    rows.on('copyOutResponse', this.#refuseCopyOut);
    const firstRows = this.#strategy === 'paged' ? this.#pages.wantedRows : 0;
    rows.stream.cork();
    for (const text of this.#preamble) {
      rows.parse({ name: '', text, types: [] }, true);
      rows.bind({ portal: '', statement: '', values: [] }, true);
      rows.execute({ portal: '', rows: '0' }, true);
    }
    rows.parse({ name: '', text: this.#text, types: [] }, true);
    rows.bind({ portal: this.#name, statement: '', values: [...this.#values] }, true);
    rows.describe({ type: 'P', name: this.#name }, true);
    rows.execute({ portal: this.#name, rows: String(firstRows) }, true);
    if (this.#strategy === 'paged') rows.flush();
    else this.#sync();
    rows.stream.uncork();
  }

  handleRowDescription(message: { fields: readonly Field[] }): void {
    this.#fields = message.fields;
    this.#pages.begin(message.fields.length);
  }

  handlePortalSuspended(): void {
    this.#phase = 'suspended';
    if (this.#discarding) {
      this.#closeAndSync();
    } else if (this.#pages.areAwaited && this.#pages.areEmpty) {
      // The last page took all rows of this Execute: the reader waits for those of the next.
      this.#executeOn(this.#pages.wantedRows);
    }
    this.#settle();
  }

  handleCommandComplete(message: { text: string }): void {
    if (this.#preambleLeft > 0) {
      this.#preambleLeft -= 1;
      return;
    }
    // Of what returns rows the server counts those of the last Execute only, also with RETURNING
    // (PostgreSQL source, tcop/pquery.c, PortalRun). CREATE TABLE AS has a count too, but no columns.
    this.#commandTag =
      this.#fields === null
        ? message.text
        : message.text.replace(/\d+$/, String(this.#pages.rowsReceived));
    this.#closeAndSync();
  }

  handleEmptyQuery(): void {
    this.#commandTag = '';
    this.#sync();
  }

  handleError(error: unknown): void {
    this.#error ??= error;
    // The server skips everything until Sync after an error. Behind an error of the link follows its
    // end: whoever is told before that would take the transaction for open still.
    if (error instanceof ServerError) this.#sync();
    else if (this.#connection === null) this.#end();
  }

  handleReadyForQuery(): void {
    this.#end();
  }

  handleCopyInResponse(connection: Connection): void {
    // What the server says of it has the SQLSTATE of a cancel.
    this.#error ??= new DatabaseError({
      kind: 'InvalidQuery',
      message: 'COPY … FROM STDIN takes rows, and none follow it.',
      advice:
        'End it with a semicolon, put the rows on the lines behind it and a line with \\. behind them.',
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sendCopyFail is missing in pg's types.
    (connection as Connection & { sendCopyFail(reason: string): void }).sendCopyFail('no rows');
    // While it waits for data the server ignores Sync: one that was sent with Execute is gone.
    this.#syncSent = false;
    this.#sync();
  }

  handleCopyData(): void {
    // See #refuseCopyOut.
  }

  handleDataRow(): never {
    throw new Error('Rows reach the portal as bytes.');
  }
}
