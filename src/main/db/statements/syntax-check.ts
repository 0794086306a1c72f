import type { Connection } from 'pg';
import { Exchange } from './exchange';

/**
 * Has the server parse a statement without running it: Parse and Sync, no Bind and no Execute. For
 * text that the app's own parser does not understand: a mere typing error is told by the server at
 * once, and what it does accept is newer than the app and worth a question before it runs.
 */
export class SyntaxCheck extends Exchange {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  protected override send(connection: Connection): void {
    connection.parse({ name: '', text: this.#text, types: [] }, true);
  }
}
