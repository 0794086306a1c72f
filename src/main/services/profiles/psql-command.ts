import type { ConnectionParameters } from './connection-parameters';
import { shellWords } from './shell-words';

/** What a pasted command line says: its parameters, and a connection string where it names one. */
export interface PsqlCommand {
  readonly parameters: ConnectionParameters;
  /** A URL or key/value string in the place of the database: its values go before the options'. */
  readonly connectionString: string | null;
  /** Variables set in front of the command, for example PGPASSWORD. */
  readonly environment: Readonly<Record<string, string>>;
  /** The program that runs psql elsewhere or as somebody else, for example "docker exec". */
  readonly runner: string | null;
}

/**
 * A prompt and variables, then the program. A quote begins a quoted part wherever it can, and only
 * one that is never closed counts for itself: with two ways to read each, no text of many quotes
 * would ever be told from a command.
 */
const commandLine =
  /^(?:[$#>]\s+)?(?:(?:export\s+)?\w+=(?:'[^']*'|"[^"]*"|[^\s'"]|'(?![^']*')|"(?![^"]*"))*\s+)*(?:"[^"]*\bpsql(?:\.exe)?"|\S*\bpsql(?:\.exe)?)(?:\s|$)/i;

/** A prompt, then a program that runs psql in a container, on another machine, or as another user. */
const wrappedCommandLine =
  /^(?:[$#>]\s+)?(?:sudo|doas|su|runuser|gosu|env|time|docker|docker-compose|podman|nerdctl|kubectl|oc|ssh)\s[^]*\bpsql\b/;

/** Whether a text is a command line of psql, with variables or a shell prompt in front or not. */
export function isPsqlCommand(text: string): boolean {
  return commandLine.test(text) || wrappedCommandLine.test(text);
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
  const start = words.findIndex(
    (word, index) => program.test(word) && !program.test(words[index + 1] ?? ''),
  );
  const inner = words.findIndex(
    (word, index) => index > 0 && /\s/.test(word) && isPsqlCommand(word),
  );
  // A shell that gets the command as one word: su -c "psql shop".
  const isInner = inner !== -1 && (start === -1 || inner < start);
  const front = words.slice(0, isInner ? inner : Math.max(start, 0));
  const { user, ...before } = runnerOf(front);
  const command = isInner
    ? parsePsqlCommand(words[inner] ?? '')
    : { ...argumentsOf(words.slice(start + 1)), environment: {}, runner: null };
  return {
    ...command,
    parameters: new Map([
      ...(user === undefined ? [] : [['user', user] as const]),
      ...command.parameters,
    ]),
    environment: { ...before.environment, ...command.environment },
    runner: before.runner ?? command.runner,
  };
}

const program = /(?:^|[\\/])psql(?:\.exe)?$/i;

/** What stands in front of psql: variables, and the program that runs it, maybe as another user. */
function runnerOf(words: readonly string[]): {
  readonly environment: Record<string, string>;
  readonly runner: string | null;
  readonly user: string | undefined;
} {
  const environment: Record<string, string> = {};
  for (const word of words) {
    const [, name, value] = /^(?:--env=|-e)?(\w+)=([^]*)$/.exec(word) ?? [];
    if (name !== undefined) environment[name] = value ?? '';
  }
  const [first, ...rest] = words.filter((word) => !/^\w+=/.test(word) && word !== 'export');
  if (first === undefined || first === 'env' || first === 'time') {
    return { environment, runner: null, user: undefined };
  }
  const option = rest.findIndex((word) => /^(?:-\w*u|--user)$/.test(word));
  const attached = rest.map((word) => /^(?:--user=|-u(?=\w))(.+)$/.exec(word)?.[1]).find(Boolean);
  const named = /^(?:su|gosu|runuser)$/.test(first)
    ? rest.find((word) => !word.startsWith('-'))
    : undefined;
  // Whoever runs psql is the user that it connects as (PostgreSQL manual, psql, "Connecting").
  const user = attached ?? (option === -1 ? named : rest[option + 1]);
  const runner = rest.includes('exec') ? `${first} exec` : first;
  return { environment, runner, user };
}

/** psql's own arguments. */
function argumentsOf(
  words: readonly string[],
): Pick<PsqlCommand, 'parameters' | 'connectionString'> {
  let next = 0;
  const options = new Map<string, string>();
  const positional: string[] = [];
  let afterPasswordOption: number | null = null;
  const take = (name: string, attached: string | undefined): void => {
    let value = attached;
    if (value === undefined) {
      next += 1;
      value = words[next];
    }
    const keyword = keywordByOption.get(name);
    if (keyword !== undefined && value !== undefined) options.set(keyword, value);
  };
  for (; next < words.length; next += 1) {
    const word = words[next] ?? '';
    if (word.startsWith('--')) takeLong(word, take);
    else if (word.startsWith('-') && word !== '-') takeShort(word, take);
    else {
      if (passwordOption.test(words[next - 1] ?? '')) afterPasswordOption = positional.length;
      positional.push(word);
    }
  }
  if (afterPasswordOption !== null) {
    // Of psql's arguments, one that is left over is no database and no user: people mean the password.
    const free = ['dbname', 'user'].filter((keyword) => !options.has(keyword)).length;
    const isOneTooMany = positional.length > free;
    const password = isOneTooMany ? positional.splice(afterPasswordOption, 1)[0] : undefined;
    if (password !== undefined) options.set('password', password);
    else options.set('-W with a password (to psql it is the database)', 'told as left out');
  }
  // The first argument that is no option is the database, the second the user.
  const [database, user] = options.has('dbname') ? [undefined, positional[0]] : positional;
  if (database !== undefined) options.set('dbname', database);
  if (user !== undefined && !options.has('user')) options.set('user', user);
  return withConnectionString(options);
}

/** Has psql ask for the password, and takes none. */
const passwordOption = /^(?:-\w*W|--password)$/;

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
): Pick<PsqlCommand, 'parameters' | 'connectionString'> {
  const database = options.get('dbname');
  // psql takes the database for a connection string if it holds = or begins like a URL.
  const isString = database !== undefined && /^postgres(ql)?:\/\/|=/.test(database);
  if (isString) options.delete('dbname');
  return { parameters: options, connectionString: isString ? database : null };
}
