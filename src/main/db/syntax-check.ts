import { DatabaseError as ServerError, type Client, type Connection } from 'pg';

/**
 * Has the server parse a statement without running it: Parse and Sync, no Bind and no Execute. For
 * text that the app's own parser does not understand: a mere typing error is told by the server at
 * once, and what it does accept is newer than the app and worth a question before it runs.
 */
export class SyntaxCheck {
  readonly #text: string;
  #error: unknown = null;
  #onReady: () => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Resolves when the server accepts the statement; raises what pg raises when it does not. */
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
    connection.parse({ name: '', text: this.#text, types: [] }, true);
    connection.sync();
  }

  handleError(error: unknown): void {
    this.#error ??= error;
    // A dead link answers nothing any more.
    if (!(error instanceof ServerError)) this.#onReady();
  }

  handleReadyForQuery(): void {
    this.#onReady();
  }
}
