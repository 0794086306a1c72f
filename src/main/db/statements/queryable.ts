/** A row of our own catalog queries: every value as the text that the server sent, by column name. */
export type TextRow = Readonly<Record<string, string | null>>;

/** How a statement of our own is run. */
export interface QueryOptions {
  /** It comes again and again and only reads: the session may keep its plan. */
  readonly isRepeated?: boolean;
}

/** Whatever runs one parameterised statement of our own and returns all its rows: a client or a pool. */
export interface Queryable {
  /** Raises DatabaseError. Values are sent as parameters, never spliced into the text. */
  query(
    text: string,
    values?: readonly (string | number | boolean | null | readonly string[])[],
    options?: QueryOptions,
  ): Promise<readonly TextRow[]>;
}
