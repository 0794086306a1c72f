import type { ParsedConnection } from '@shared/models/connection-profile';
import {
  invalidConnection,
  toParsedConnection,
  type ConnectionParameters,
} from './connection-parameters';
import { isConnectionUrl, parseConnectionUrl, urlStart } from './connection-url';
import { libpqVariables, parametersFromEnvironment } from './environment-parameters';
import { isKeyValueString, parseKeyValueString } from './key-value-string';
import { parseNpgsqlString } from './npgsql-string';
import { isPsqlCommand, parsePsqlCommand } from './psql-command';

/**
 * Reads whatever people copy to name a connection: a URL (libpq, JDBC, SQLAlchemy and others), libpq's
 * key/value string, that of Npgsql, a psql command line, or lines of an .env file; with quotes, `export` or
 * `DATABASE_URL=` around it. Raises InvalidInput with the form field and never repeats the text.
 */
export function parseConnection(text: string): ParsedConnection {
  const source = unwrap(text);
  if (source === '') {
    throw invalidConnection('url', 'There is nothing to read.', `Paste a connection, ${example}.`);
  }
  return toParsedConnection(parametersOf(source));
}

const example = 'for example postgres://user@db.example.com:5432/shop';

function parametersOf(source: string): ConnectionParameters {
  if (isPsqlCommand(source)) return parametersOfPsql(source);
  const variables = environmentLines(source);
  if (variables !== null) return parametersFromEnvironment(variables) ?? unknown(source);
  return parametersOfString(source);
}

function parametersOfString(source: string): ConnectionParameters {
  if (isConnectionUrl(source)) return parseConnectionUrl(source);
  const npgsql = parseNpgsqlString(source);
  if (npgsql !== null) return npgsql;
  if (isKeyValueString(source)) return parseKeyValueString(source);
  return unknown(source);
}

function parametersOfPsql(source: string): ConnectionParameters {
  const { parameters, connectionString, environment } = parsePsqlCommand(source);
  return new Map([
    ...libpqVariables(environment),
    ...parameters,
    ...(connectionString === null ? [] : parametersOfString(connectionString)),
  ]);
}

function unknown(source: string): never {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(source)?.[1];
  if (scheme !== undefined) {
    throw invalidConnection(
      'url',
      'This URL is not one of a PostgreSQL server.',
      `A PostgreSQL URL begins with postgres:// or postgresql://, ${example}.`,
    );
  }
  throw invalidConnection(
    'url',
    'This is neither a connection URL nor a list of name=value.',
    `Paste a connection URL, ${example}, a text such as host=localhost dbname=shop, or a psql command.`,
  );
}

/** Takes away what surrounds a copied connection: quotes, a variable's name, a closing semicolon. */
function unwrap(text: string): string {
  let rest = text.replace(/^\uFEFF/, '').trim();
  for (;;) {
    const before = rest;
    rest = rest.replace(/[;,]$/, '').trim();
    const quoted = /^(["'`])([^]*)\1$/.exec(rest);
    if (quoted && !(quoted[2] ?? '').includes(quoted[1] ?? '')) rest = (quoted[2] ?? '').trim();
    if (!/[\r\n]/.test(rest)) rest = rest.replace(variableBeforeUrl, '');
    if (rest === before) return rest;
  }
}

/** `export DATABASE_URL=`, `set X=`, `$env:X = `, `const url: string = `, `"url": ` before a URL. */
const variableBeforeUrl = new RegExp(
  String.raw`^(?!jdbc:)(?:export\s+|set\s+|const\s+|let\s+|var\s+)?["']?[$\w.:-]+["']?(?:\s*:\s*string)?\s*[=:]\s*(?=["'\x60]?${urlStart})`,
  'i',
);

/** The variables of an .env file's lines; null when a line is none, or no name is one of a server's. */
function environmentLines(source: string): Record<string, string> | null {
  const variables: Record<string, string> = {};
  for (const line of source.split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    for (const assignment of assignments(line)) {
      const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=/.exec(assignment);
      if (match === null) return null;
      variables[match[1] ?? ''] = assignedValue(assignment.slice(match[0].length));
    }
  }
  return variables;
}

/** `export A=x B=y` as a shell reads it; any other line is one assignment, whose value may have spaces. */
function assignments(line: string): string[] {
  const words = line.trim().split(/\s+/);
  const given = words[0] === 'export' ? words.slice(1) : words;
  return given.length > 1 && given.every((word) => /^[A-Z][A-Z0-9_]*=[^'"]*$/.test(word))
    ? given
    : [line];
}

/** What stands behind the equals sign, without a closing semicolon and quotes around it. */
function assignedValue(text: string): string {
  const value = text.trimEnd().replace(/;$/, '').trimEnd();
  const [, single, double] = /^(?:'([^']*)'|"([^"]*)")$/.exec(value) ?? [];
  return single ?? double ?? value;
}
