import { DatabaseError } from '../../db/errors/database-error';

/** A name of a search_path: without spaces, or in double quotes with "" for a quote in it. */
const name = /^(?:[^\s",]+|"(?:[^"]|"")*")$/;

/**
 * Checks that a text is a list of schema names as the server's SplitIdentifierString reads it, so
 * that a slip shows beside its field and not at the next connect. Raises InvalidInput.
 */
export function checkSearchPath(text: string): void {
  const parts = text.match(/(?:"(?:[^"]|"")*"|[^,"])+|,/g) ?? [];
  const names = parts.filter((part) => part !== ',').map((part) => part.trim());
  const commas = parts.length - names.length;
  const isComplete = parts.join('') === text && commas === names.length - 1;
  const wrong = names.find((part) => !name.test(part));
  if (isComplete && wrong === undefined) return;
  throw new DatabaseError({
    kind: 'InvalidInput',
    field: 'searchPath',
    message:
      wrong === undefined || wrong === ''
        ? 'The search path is not a list of schema names.'
        : `The search path has a part that is no schema name: ${wrong}.`,
    advice:
      'Separate the names by commas, and put unusual ones in double quotes: app, "My Schema".',
  });
}
