import { invalidConnection } from './connection-parameters';

/** Where the command ends and something else of the shell's begins. */
const operator = /^(?:\d*[<>]|[|;]|&&)/;

/**
 * The words of the first command of a line: quotes, backslashes and continued lines as in a POSIX
 * shell. What is redirected, piped or run behind it is left out. Raises InvalidInput.
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  const word = /\s*((?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|[^\s'"\\])+)\s*/y;
  const source = text.replaceAll(/\\\r?\n/g, ' ').trim();
  while (word.lastIndex < source.length) {
    const match = word.exec(source);
    if (match === null) {
      throw invalidConnection(
        'url',
        'A quotation mark of the command line is not closed.',
        'Paste the whole command line.',
      );
    }
    const raw = match[1] ?? '';
    if (operator.test(raw)) break;
    const isLast = /[^\\];$/.test(raw);
    words.push(
      (isLast ? raw.slice(0, -1) : raw).replaceAll(
        /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])/g,
        unquote,
      ),
    );
    if (isLast) break;
  }
  return words;
}

function unquote(_all: string, single?: string, double?: string, escaped?: string): string {
  // Inside double quotes a backslash keeps its meaning only before these (POSIX, 2.2.3).
  return single ?? double?.replaceAll(/\\([$`"\\])/g, '$1') ?? escaped ?? '';
}
