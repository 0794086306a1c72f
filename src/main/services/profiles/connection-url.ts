import { readableIdentifier } from '@shared/sql/identifiers';
import { invalidConnection, type ConnectionParameters } from './connection-parameters';

/**
 * How a connection URL begins, as a regular expression: by libpq's two schemes, those of Django,
 * Symfony, PHP, Go and Elixir, to which SQLAlchemy adds a driver's name, or JDBC's.
 */
export const urlStart = String.raw`(?:jdbc:postgresql:(?:\/\/)?|(?:postgres|postgresql|postgis|pgsql|psql|pgx|pg|ecto)(?:\+[a-z0-9_]+)?:\/\/)`;
const scheme = new RegExp(`^${urlStart}`, 'i');

/** Whether a text is a connection URL of PostgreSQL. */
export function isConnectionUrl(text: string): boolean {
  return scheme.test(text);
}

/**
 * Reads a connection URL into libpq's parameters (PostgreSQL manual, "Connection URIs").
 *
 * Not done by pg-connection-string: that reads the certificate files while it parses, warns on
 * standard error, and knows neither several hosts nor an IPv6 zone. More lenient than libpq in one
 * point: an @ inside a password counts as part of it, since the last one ends the user's part.
 */
export function parseConnectionUrl(text: string): ConnectionParameters {
  const isJdbc = /^jdbc:/i.test(text);
  const rest = text.replace(scheme, '');
  const { userInfo, address, query } = split(rest);
  const parameters: ConnectionParameters = new Map();
  if (userInfo !== null) {
    const colon = userInfo.indexOf(':');
    const user = colon === -1 ? userInfo : userInfo.slice(0, colon);
    put(parameters, 'user', decode(user, 'user'));
    if (colon !== -1) put(parameters, 'password', decode(userInfo.slice(colon + 1), 'password'));
  }
  const slash = address.indexOf('/');
  // jdbc:postgresql:name is a database on this machine.
  const isDatabaseAlone = isJdbc && !/^jdbc:[a-z+]+:\/\//i.test(text);
  const hosts = isDatabaseAlone ? '' : slash === -1 ? address : address.slice(0, slash);
  const database = isDatabaseAlone ? address : slash === -1 ? '' : address.slice(slash + 1);
  putHosts(parameters, hosts);
  put(parameters, 'dbname', decode(database, 'database'));
  for (const pair of query.split('&')) {
    if (pair !== '') putQueryParameter(parameters, pair, isJdbc);
  }
  return parameters;
}

function split(rest: string): { userInfo: string | null; address: string; query: string } {
  const slash = rest.indexOf('/');
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const beforeQuery = authority.split('?', 1)[0] ?? '';
  // A ? before the @ belongs to the password; an @ in the query of a URL without user does not count.
  const at = Math.max(beforeQuery.lastIndexOf('@'), slash === -1 ? -1 : authority.lastIndexOf('@'));
  const tail = rest.slice(at + 1);
  const question = tail.indexOf('?');
  return {
    userInfo: at === -1 ? null : rest.slice(0, at),
    address: question === -1 ? tail : tail.slice(0, question),
    query: question === -1 ? '' : tail.slice(question + 1),
  };
}

function putHosts(parameters: ConnectionParameters, hosts: string): void {
  const names: string[] = [];
  const ports: string[] = [];
  for (const part of hosts.split(',')) {
    const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(part);
    if (match === null) {
      throw invalidConnection(
        'host',
        'The host and port of the URL cannot be told apart.',
        'Write an IPv6 address in brackets, as in [::1]:5432, and escape : / @ of a password as %3A %2F %40.',
      );
    }
    names.push(decode(match[1] ?? match[2] ?? '', 'host'));
    ports.push(match[3] ?? '');
  }
  put(parameters, 'host', names.join(','));
  if (ports.some(Boolean)) put(parameters, 'port', ports.join(','));
}

/** Names that JDBC and other drivers use for what libpq has, too. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['ApplicationName', 'application_name'],
  ['targetServerType', 'target_session_attrs'],
  ['database', 'dbname'],
  ['username', 'user'],
  ['currentSchema', 'search_path'],
]);

/** What JDBC's targetServerType says in libpq's words. */
const targets: ReadonlyMap<string, string> = new Map([
  ['master', 'primary'],
  ['secondary', 'standby'],
  ['slave', 'standby'],
  // The others are tried in their order all the same.
  ['preferPrimary', 'any'],
  ['preferSecondary', 'prefer-standby'],
  ['preferSlave', 'prefer-standby'],
]);

function putQueryParameter(
  parameters: ConnectionParameters,
  pair: string,
  plusIsSpace: boolean,
): void {
  const equals = pair.indexOf('=');
  const rawName = equals === -1 ? pair : pair.slice(0, equals);
  const rawValue = equals === -1 ? '' : pair.slice(equals + 1);
  const name = decode(rawName, 'url');
  const value = decode(plusIsSpace ? rawValue.replaceAll('+', ' ') : rawValue, 'url');
  // Prisma's; unlike a search path it is one name.
  if (name === 'schema' && value !== '') {
    put(parameters, 'search_path', readableIdentifier(value));
    return;
  }
  const keyword = synonyms.get(name) ?? name;
  put(
    parameters,
    keyword,
    keyword === 'target_session_attrs' ? (targets.get(value) ?? value) : value,
  );
}

function put(parameters: ConnectionParameters, name: string, value: string): void {
  if (value !== '') parameters.set(name, value);
}

function decode(text: string, field: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!decoded.includes('\0')) return decoded;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  throw invalidConnection(
    field,
    'The URL has a % that is not followed by two hexadecimal digits of a character.',
    'Write a % that belongs to a name or password as %25.',
  );
}
