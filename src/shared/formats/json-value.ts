import { booleanType, isJsonType, isNumericType } from './built-in-types';

/** What JSON takes for a number (RFC 8259, 6): not NaN, not Infinity, not money's "$1.00". */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/**
 * A value, as the server sent it, as JSON text: numbers digit by digit, json and jsonb as they are,
 * everything else a string.
 */
export function jsonValue(text: string | null, typeOid: number): string {
  if (text === null) return 'null';
  if (isNumericType(typeOid) && jsonNumber.test(text)) return text;
  if (typeOid === booleanType) return text === 't' ? 'true' : 'false';
  return isJsonType(typeOid) ? text : JSON.stringify(text);
}

/**
 * Names for the members of an object: a repeated column name gets a number, or its value would be
 * lost (a reader keeps one of the members only).
 */
export function memberNames(columnNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return columnNames.map((name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
}
