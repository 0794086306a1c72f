/** A row of our own catalog queries: every value as the text that the server sent, by column name. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Whatever runs one parameterised statement of our own and returns all its rows: a client or a pool. */
export interface Queryable {
  /** Raises DatabaseError. Values are sent as parameters, never spliced into the text. */
  query(
    text: string,
    values?: readonly (string | number | boolean | null | readonly string[])[],
  ): Promise<readonly TextRow[]>;
}
