import {
  profileDraftSchema,
  sslModes,
  targetSessionAttrs,
  type HostAddress,
  type ParsedConnection,
  type SslMode,
} from '@shared/models/connection-profile';
import { DatabaseError } from '../../db/errors/database-error';

/**
 * Connection parameters by libpq's keywords (PostgreSQL manual, "Parameter Key Words"), as every
 * notation comes down to them. Values are not checked yet.
 */
export type ConnectionParameters = Map<string, string>;

/**
 * An error about connection text. It never repeats any of the text: a password with an unescaped
 * character in it can end up in any of the fields.
 */
export function invalidConnection(field: string, message: string, advice: string): DatabaseError {
  return new DatabaseError({ kind: 'InvalidInput', field, message, advice });
}

type Draft = ParsedConnection['draft'];

/** Parameters → draft. Raises InvalidInput naming the form field that a value does not fit. */
export function toParsedConnection(parameters: ConnectionParameters): ParsedConnection {
  const ignored: string[] = [];
  const draft: Draft = {};
  setServer(parameters, draft, ignored);
  const user = parameters.get('user');
  if (user) draft.user = user;
  // libpq connects to the database that is named like the user when none is given.
  const database = parameters.get('dbname') || user;
  if (database) draft.database = database;
  setTls(parameters, draft, ignored);
  const applicationName = parameters.get('application_name');
  if (applicationName) {
    const usable = profileDraftSchema.shape.applicationName.safeParse(applicationName);
    if (usable.success) draft.applicationName = usable.data;
    else ignored.push('application_name');
  }
  const searchPath = parameters.get('search_path');
  if (searchPath) draft.searchPath = searchPath;
  const options = parameters.get('options');
  if (options) setOptions(options, draft, ignored);
  for (const [name, value] of parameters) {
    if (!supported.has(name) && value !== '') ignored.push(name);
  }
  const password = parameters.get('password');
  return { draft, ...(password && { password }), ignored };
}

const supported = new Set([
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'password',
  'sslmode',
  'ssl',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'application_name',
  'options',
  // No keyword of libpq's; other drivers have a parameter for it.
  'search_path',
  'target_session_attrs',
]);

function setServer(parameters: ConnectionParameters, draft: Draft, ignored: string[]): void {
  const named = list(parameters.get('host'));
  const addresses = list(parameters.get('hostaddr'));
  const hosts = named.some(Boolean) ? named : addresses;
  if (hosts === named && addresses.some(Boolean)) ignored.push('hostaddr');
  const ports = list(parameters.get('port'));
  const [first, ...others] = hosts.map((host, index) => {
    // One port for several hosts holds for all of them (PostgreSQL manual, "port").
    const port = ports.length === 1 ? ports[0] : ports[index];
    return { host, port: port ? toPort(port) : undefined };
  });
  if (hosts.length > 1 && ports.length > 1 && ports.length !== hosts.length) {
    throw invalidConnection(
      'port',
      `The connection names ${hosts.length} hosts and ${ports.length} ports.`,
      'Name one port for each host, or one for all of them.',
    );
  }
  if (first?.host) draft.host = first.host;
  if (first?.port !== undefined) draft.port = first.port;
  // libpq takes an empty name in a list for its default host, which is this machine.
  const otherHosts: HostAddress[] = others.map(({ host, port = 5432 }) => ({
    host: host || 'localhost',
    port,
  }));
  if (otherHosts.length > 0) draft.otherHosts = otherHosts;
  const target = parameters.get('target_session_attrs');
  if (target) setTarget(target, draft);
}

function setTarget(text: string, draft: Draft): void {
  const target = targetSessionAttrs.find((known) => known === text);
  if (target === undefined) {
    throw invalidConnection(
      'targetSessionAttrs',
      'The value of target_session_attrs is not known.',
      `Use one of: ${targetSessionAttrs.join(', ')}.`,
    );
  }
  if (target !== 'any') draft.targetSessionAttrs = target;
}

const list = (value: string | undefined): string[] => (value ?? '').split(',').map((s) => s.trim());

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw invalidConnection(
    'port',
    'The port is not a number from 1 to 65535.',
    'Check the port. In a URL, write the characters : / @ ? # % of a password as %3A %2F %40 %3F %23 %25.',
  );
}

function setTls(parameters: ConnectionParameters, draft: Draft, ignored: string[]): void {
  const mode = parameters.get('sslmode');
  if (mode) draft.sslMode = toSslMode(mode);
  else if (parameters.has('ssl')) setSsl(parameters.get('ssl') ?? '', draft, ignored);
  const root = parameters.get('sslrootcert');
  // "system" means the certificates that the platform trusts, with full verification.
  if (root === 'system') draft.sslMode = 'verify-full';
  else if (root) draft.sslRootCertificate = root;
  const certificate = parameters.get('sslcert');
  if (certificate) draft.sslClientCertificate = certificate;
  const key = parameters.get('sslkey');
  if (key) draft.sslClientKey = key;
}

/** A parameter of JDBC and others, which is on or off; asyncpg and node-postgres take a mode there, too. */
function setSsl(value: string, draft: Draft, ignored: string[]): void {
  if (/^(true|1|on|yes)$/i.test(value)) draft.sslMode = 'require';
  else if (/^(false|0|off|no)$/i.test(value)) draft.sslMode = 'disable';
  else {
    const mode = knownSslMode(value);
    if (mode === undefined) ignored.push('ssl');
    else draft.sslMode = mode;
  }
}

/** `allow` differs from `prefer` only in trying without TLS first; `no-verify` is node-postgres' name. */
const otherSslModes: ReadonlyMap<string, SslMode> = new Map([
  ['allow', 'prefer'],
  ['no-verify', 'require'],
]);

function knownSslMode(text: string): SslMode | undefined {
  const name = text.toLowerCase();
  return sslModes.find((known) => known === name) ?? otherSslModes.get(name);
}

function toSslMode(text: string): SslMode {
  const mode = knownSslMode(text);
  if (mode !== undefined) return mode;
  throw invalidConnection(
    'sslMode',
    'The value of sslmode is not known.',
    `Use one of: ${sslModes.join(', ')}.`,
  );
}

const timeoutFields: ReadonlyMap<
  string,
  'statementTimeoutMs' | 'lockTimeoutMs' | 'idleInTransactionTimeoutMs'
> = new Map([
  ['statement_timeout', 'statementTimeoutMs'],
  ['lock_timeout', 'lockTimeoutMs'],
  ['idle_in_transaction_session_timeout', 'idleInTransactionTimeoutMs'],
]);

/** Reads `-c name=value` and `--name=value` of the options that a profile has a field for. */
function setOptions(options: string, draft: Draft, ignored: string[]): void {
  const setting = /(?:^|\s)(?:-c\s*|--)([\w.-]+)=((?:\\.|[^\s\\])*)/g;
  if (options.replaceAll(setting, '').trim() !== '') ignored.push('options');
  for (const match of options.matchAll(setting)) {
    const name = (match[1] ?? '').toLowerCase().replaceAll('-', '_');
    const value = (match[2] ?? '').replaceAll(/\\(.)/g, '$1');
    const field = timeoutFields.get(name);
    const timeout = field === undefined ? null : toMilliseconds(value);
    if (field !== undefined && timeout !== null) draft[field] = timeout;
    else if (name === 'search_path' && value !== '') draft.searchPath = value;
    else if (name === 'default_transaction_read_only' && /^(on|true|yes|1)$/i.test(value)) {
      draft.readOnly = true;
    } else ignored.push(`options ${name}`);
  }
}

const millisecondsPerUnit: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time as postgresql.conf writes it (PostgreSQL manual, 20.1.1); null where it is none. */
function toMilliseconds(text: string): number | null {
  const match = /^(\d{1,9})\s*(ms|s|min|h|d)?$/.exec(text);
  const factor = match && millisecondsPerUnit[match[2] ?? ''];
  return match && factor !== undefined && factor !== null ? Number(match[1]) * factor : null;
}
