import { DatabaseError as ServerError, type Client, type Connection } from 'pg';

/**
 * A few messages of the extended query protocol up to a Sync, of whose answers only the error and what
 * a subclass listens for matter. Nothing is executed. It implements what pg calls a submittable.
 */
export abstract class Exchange {
  #error: unknown = null;
  #onReady: () => void = () => undefined;

  /** Sends the messages before Sync. */
  protected abstract send(connection: Connection): void;

  /** Resolves when the server has accepted all messages; raises what pg raises when it does not. */
  async run(client: Client): Promise<void> {
    const { connection } = client;
    const ready = new Promise<void>((resolve) => {
      this.#onReady = resolve;
    });
    // After an error pg forgets the active query and no longer tells it of ReadyForQuery.
    connection.once('readyForQuery', this.#onReady);
    connection.once('end', this.#onReady);
    client.query(this);
    await ready;
    connection.off('readyForQuery', this.#onReady);
    connection.off('end', this.#onReady);
    if (this.#error !== null) throw this.#error;
  }

  submit(connection: Connection): void {
    this.send(connection);
    connection.sync();
  }

  handleError(error: unknown): void {
    this.#error ??= error;
    // A dead link answers nothing any more.
    if (!(error instanceof ServerError)) this.#onReady();
  }

  handleRowDescription(): void {
    // Describe tells the columns as well; nobody asked for them.
  }

  handleReadyForQuery(): void {
    this.#onReady();
  }
}
