/**
 * Quotes a name for use in SQL, always: an unquoted name would be folded to lower case and could be
 * a keyword (PostgreSQL manual 4.1.1). Raises RangeError for a name that PostgreSQL cannot have:
 * the empty name and names with a NUL character.
 */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new RangeError('A name in SQL cannot be empty.');
  if (name.includes('\0')) throw new RangeError('A name in SQL cannot hold a NUL character.');
  return `"${name.replaceAll('"', '""')}"`;
}

/** The quoted name of a schema's object: "schema"."name". Raises as quoteIdentifier does. */
export function qualifiedName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
