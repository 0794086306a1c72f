import { DatabaseError } from '../../../db/errors/database-error';

/** The protocol counts parameters in 16 bits (manual, Message Formats, Bind). */
const mostValues = 65_535;

/** The values of a statement, in the order of their numbers. */
export class Parameters {
  readonly values: (string | null)[] = [];

  /**
   * Adds a value and returns its placeholder with a cast to `type`, which is SQL: "$1::bigint". Raises
   * DatabaseError of kind InvalidInput where a statement can have no more of them.
   */
  add(value: string | null, type: string): string {
    if (this.values.length === mostValues) {
      throw new DatabaseError({
        kind: 'InvalidInput',
        message: 'The conditions have more than 65,535 values together.',
        advice: 'Shorten the lists, or put the values into a table and compare with that.',
      });
    }
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
