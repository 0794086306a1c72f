import type { Client, QueryResult } from 'pg';
import type { TextRow } from './queryable';
import { isServerError } from '../errors/server-error';

/** So many a session keeps at most: the server holds a plan of each. */
const maximum = 16;

/** The plan does not fit the objects any more, or somebody discarded it (manual, appendix A). */
const outdated: ReadonlySet<string> = new Set(['0A000', '26000']);

/**
 * Statements of our own that one session parses and plans once: for those whose planning takes longer
 * than running them. Not behind a pooler in transaction mode, where the next statement may meet a
 * backend that does not know them.
 */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  #made = 0;

  /** Runs a statement that only reads: one that is outdated is run again. Raises what pg raises. */
  async run(
    client: Client,
    text: string,
    values: readonly unknown[],
  ): Promise<QueryResult<TextRow>> {
    const name = this.#nameOf(text);
    if (name === null) return client.query<TextRow>(text, [...values]);
    try {
      return await client.query<TextRow>({ name, text, values: [...values] });
    } catch (error) {
      if (!isServerError(error) || !outdated.has(error.code)) throw error;
      this.forget();
      return client.query<TextRow>(text, [...values]);
    }
  }

  /** They were discarded on the server: those that come are prepared anew, under other names. */
  forget(): void {
    this.#names.clear();
  }

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= maximum) return null;
    this.#made += 1;
    const name = `postern_prepared_${this.#made}`;
    this.#names.set(text, name);
    return name;
  }
}
