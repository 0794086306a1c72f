import { invalidConnection, type ConnectionParameters } from './connection-parameters';

/** What a pasted command line says: its parameters, and a connection string where it names one. */
export interface PsqlCommand {
  readonly parameters: ConnectionParameters;
  /** A URL or key/value string in the place of the database: its values go before the options'. */
  readonly connectionString: string | null;
  /** Variables set in front of the command, for example PGPASSWORD. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * A prompt and variables, then the program. A quote begins a quoted part wherever it can, and only
 * one that is never closed counts for itself: with two ways to read each, no text of many quotes
 * would ever be told from a command.
 */
const commandLine =
  /^(?:[$#>]\s+)?(?:(?:export\s+)?\w+=(?:'[^']*'|"[^"]*"|[^\s'"]|'(?![^']*')|"(?![^"]*"))*\s+)*(?:"[^"]*\bpsql(?:\.exe)?"|\S*\bpsql(?:\.exe)?)(?:\s|$)/i;

/** Whether a text is a command line of psql, with variables or a shell prompt in front or not. */
export function isPsqlCommand(text: string): boolean {
  return commandLine.test(text);
}

const keywordByOption: ReadonlyMap<string, string> = new Map([
  ['h', 'host'],
  ['host', 'host'],
  ['p', 'port'],
  ['port', 'port'],
  ['U', 'user'],
  ['username', 'user'],
  ['d', 'dbname'],
  ['dbname', 'dbname'],
]);

/** The other options of psql that take an argument (PostgreSQL manual, psql). */
const withArgument = new Set([
  ...Array.from('cfvoLFPRT'),
  'command',
  'file',
  'set',
  'variable',
  'output',
  'log-file',
  'field-separator',
  'pset',
  'record-separator',
  'table-attr',
]);

/** Reads a psql command line as a POSIX shell and getopt would. Raises InvalidInput. */
export function parsePsqlCommand(text: string): PsqlCommand {
  const words = shellWords(text.replace(/^[$#>]\s+/, ''));
  const environment: Record<string, string> = {};
  let next = 0;
  for (; next < words.length && !/psql(\.exe)?$/i.test(words[next] ?? ''); next += 1) {
    const assignment = /^(\w+)=([^]*)$/.exec(words[next] ?? '');
    if (assignment) environment[assignment[1] ?? ''] = assignment[2] ?? '';
  }
  const options = new Map<string, string>();
  const positional: string[] = [];
  const take = (name: string, attached: string | undefined): void => {
    let value = attached;
    if (value === undefined) {
      next += 1;
      value = words[next];
    }
    const keyword = keywordByOption.get(name);
    if (keyword !== undefined && value !== undefined) options.set(keyword, value);
  };
  for (next += 1; next < words.length; next += 1) {
    const word = words[next] ?? '';
    if (word.startsWith('--')) takeLong(word, take);
    else if (word.startsWith('-') && word !== '-') takeShort(word, take);
    else positional.push(word);
  }
  // The first argument that is no option is the database, the second the user.
  const [database, user] = options.has('dbname') ? [undefined, positional[0]] : positional;
  if (database !== undefined) options.set('dbname', database);
  if (user !== undefined && !options.has('user')) options.set('user', user);
  return withConnectionString(options, environment);
}

type Take = (name: string, attached: string | undefined) => void;

function takeLong(word: string, take: Take): void {
  const [name = '', ...rest] = word.slice(2).split('=');
  const attached = rest.length > 0 ? rest.join('=') : undefined;
  if (keywordByOption.has(name) || withArgument.has(name)) take(name, attached);
}

function takeShort(word: string, take: Take): void {
  for (let index = 1; index < word.length; index += 1) {
    const letter = word.charAt(index);
    if (keywordByOption.has(letter) || withArgument.has(letter)) {
      const attached = word.slice(index + 1).replace(/^=/, '');
      take(letter, attached === '' ? undefined : attached);
      return;
    }
  }
}

function withConnectionString(
  options: Map<string, string>,
  environment: Record<string, string>,
): PsqlCommand {
  const database = options.get('dbname');
  // psql takes the database for a connection string if it holds = or begins like a URL.
  const isString = database !== undefined && /^postgres(ql)?:\/\/|=/.test(database);
  if (isString) options.delete('dbname');
  return { parameters: options, connectionString: isString ? database : null, environment };
}

/** Where the command ends and something else of the shell's begins. */
const operator = /^(?:\d*[<>]|[|;]|&&)/;

/**
 * The words of the first command of a line: quotes, backslashes and continued lines as in a POSIX
 * shell. What is redirected, piped or run behind it is left out.
 */
function shellWords(text: string): string[] {
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
