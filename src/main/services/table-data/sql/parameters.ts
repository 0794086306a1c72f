/** The values of a statement, in the order of their numbers. */
export class Parameters {
  readonly values: (string | null)[] = [];

  /** Adds a value and returns its placeholder with a cast to `type`, which is SQL: "$1::bigint". */
  add(value: string | null, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
