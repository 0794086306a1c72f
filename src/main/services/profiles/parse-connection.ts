import type { ParsedConnection } from '@shared/models/connection-profile';
import {
  invalidConnection,
  toParsedConnection,
  type ConnectionParameters,
} from './connection-parameters';
import { isConnectionUrl, parseConnectionUrl, urlStart } from './connection-url';
import { environmentLines } from './environment-lines';
import { libpqVariables } from './environment-parameters';
import { isKeyValueString, parseKeyValueString } from './key-value-string';
import { parseNpgsqlString } from './npgsql-string';
import { parametersOfVariables } from './pasted-variables';
import { isPsqlCommand, parsePsqlCommand } from './psql-command';

/**
 * Reads whatever people copy to name a connection: a URL (libpq, JDBC, SQLAlchemy and others), libpq's
 * key/value string, that of Npgsql, a psql command line (also one that runs in a container), or the lines of
 * an .env file; with quotes, `export` or `DATABASE_URL=` around it. Raises InvalidInput with the form field and never repeats the text.
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
  return parametersOfLines(source) ?? parametersOfString(source);
}

/**
 * What the variables say that a text sets; null where it sets none, or may be meant for libpq, whose
 * names are small letters. Raises InvalidInput for variables of something else.
 */
function parametersOfLines(source: string): ConnectionParameters | null {
  const variables = environmentLines(source);
  const parameters = parametersOfVariables(variables);
  if (parameters !== null) return parameters;
  const names = [...variables.keys()];
  return names.length > 0 && names.every((name) => name === name.toUpperCase())
    ? unknown(source)
    : null;
}

function parametersOfString(source: string): ConnectionParameters {
  if (isConnectionUrl(source)) return parseConnectionUrl(source);
  const npgsql = parseNpgsqlString(source);
  if (npgsql !== null) return npgsql;
  if (isKeyValueString(source)) return parseKeyValueString(source);
  return unknown(source);
}

function parametersOfPsql(source: string): ConnectionParameters {
  const { parameters, connectionString, environment, runner } = parsePsqlCommand(source);
  return new Map([
    ...libpqVariables(environment),
    ...parameters,
    ...(connectionString === null ? [] : parametersOfString(connectionString)),
    // No parameter: it is told as left out, since the server may be within reach of the runner only.
    ...(runner === null ? [] : [[runner, 'psql'] as const]),
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
