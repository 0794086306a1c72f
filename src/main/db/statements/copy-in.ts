import { once } from 'node:events';
import { DatabaseError as ServerError, type Client, type Connection } from 'pg';

/** What pg's types leave out. */
type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** UTF-16 units that are sent as one message, up to the end of the row that they end in. */
const chunkLength = 64 * 1024;

export interface CopyInOptions {
  /** The rows in the format that the statement names, without the line `\.` */
  readonly data: string;
  /** Whether to give up: the server then undoes what has come so far. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** How much of the data is on its way, UTF-16 units. */
  readonly onSent?: ((sent: number) => void) | undefined;
}

/**
 * COPY … FROM STDIN with its rows (PostgreSQL manual, "COPY Operations"). The rows are sent no faster
 * than the server takes them. It implements what pg calls a submittable.
 */
export class CopyIn {
  readonly #text: string;
  readonly #options: CopyInOptions;
  #commandTag = '';
  #error: unknown = null;
  #hasEnded = false;
  #syncSent = false;
  #isSubmitted = false;
  #onReady: () => void = () => undefined;

  constructor(text: string, options: CopyInOptions) {
    this.#text = text;
    this.#options = options;
  }

  /** Resolves with the command tag, for example "COPY 3"; raises what pg raises. */
  async run(client: Client): Promise<string> {
    const { connection } = client;
    const ready = new Promise<void>((resolve) => {
      this.#onReady = () => {
        this.#hasEnded = true;
        resolve();
      };
    });
    connection.once('readyForQuery', this.#onReady);
    connection.once('end', this.#onReady);
    client.query(this);
    await ready;
    connection.off('readyForQuery', this.#onReady);
    connection.off('end', this.#onReady);
    if (this.#error !== null) throw this.#error;
    return this.#commandTag;
  }

  submit(connection: Connection): void {
    this.#isSubmitted = true;
    connection.parse({ name: '', text: this.#text, types: [] }, true);
    connection.bind({ portal: '', statement: '', values: [] }, true);
    connection.execute({ portal: '', rows: '0' }, true);
    // No Sync yet: the server ignores one that comes among the rows.
    connection.flush();
  }

  handleCopyInResponse(connection: Connection): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see CopyConnection.
    this.#send(connection as CopyConnection).catch((error: unknown) => {
      this.#error ??= error;
      this.#onReady();
    });
  }

  handleCommandComplete(message: { text: string }): void {
    this.#commandTag = message.text;
  }

  handleError(error: unknown, connection: Connection): void {
    this.#error ??= error;
    this.#hasEnded = true;
    // Behind an error of the link follows its end, with which the transaction is gone.
    if (error instanceof ServerError) this.#sync(connection);
    else if (!this.#isSubmitted) this.#onReady();
  }

  handleReadyForQuery(): void {
    this.#onReady();
  }

  /** The server skips everything until Sync after an error. */
  #sync(connection: Connection): void {
    if (this.#syncSent) return;
    this.#syncSent = true;
    connection.sync();
  }

  async #send(connection: CopyConnection): Promise<void> {
    const { data, isCancelled, onSent } = this.#options;
    for (let from = 0; from < data.length;) {
      if (this.#hasEnded) return;
      if (isCancelled?.() === true) {
        connection.sendCopyFail('cancelled');
        return;
      }
      const newline = data.indexOf('\n', from + chunkLength);
      const to = newline < 0 ? data.length : newline + 1;
      connection.sendCopyFromChunk(Buffer.from(data.slice(from, to), 'utf8'));
      from = to;
      onSent?.(from);
      if (connection.stream.writableNeedDrain) await this.#drained(connection);
    }
    if (this.#hasEnded) return;
    connection.endCopyFrom();
    // The server keeps its answer back until Sync.
    this.#sync(connection);
  }

  /** Waits until the socket takes more; a link that ended takes nothing any more. */
  async #drained({ stream }: CopyConnection): Promise<void> {
    const waited = new AbortController();
    const { signal } = waited;
    try {
      await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
    } finally {
      waited.abort();
    }
  }
}
