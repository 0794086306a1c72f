import { invalidConnection, type ConnectionParameters } from './connection-parameters';

/** Whether a text looks like libpq's key/value notation: it begins with a name and an equals sign. */
export function isKeyValueString(text: string): boolean {
  return /^[a-z_]+\s*=/i.test(text);
}

/**
 * Reads `host=localhost dbname='my db'` (PostgreSQL manual, "Keyword/Value Connection Strings"): in
 * and outside of quotes a backslash takes the next character as it is. Raises InvalidInput.
 */
export function parseKeyValueString(text: string): ConnectionParameters {
  const parameters: ConnectionParameters = new Map();
  const pair = /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\[^])*)'(?=\s|$)|((?!')(?:[^\s\\]|\\[^])*))/y;
  const end = text.trimEnd().length;
  while (pair.lastIndex < end) {
    const match = pair.exec(text);
    if (match === null) {
      throw invalidConnection(
        'url',
        'The connection text has a part that is not of the form name=value.',
        "Put a value with spaces in single quotes, and write ' and \\ in it as \\' and \\\\.",
      );
    }
    const value = (match[2] ?? match[3] ?? '').replaceAll(/\\([^])/g, '$1');
    parameters.set((match[1] ?? '').toLowerCase(), value);
  }
  return parameters;
}
