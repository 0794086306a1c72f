import type { ConnectionParameters } from './connection-parameters';
import { isConnectionUrl, parseConnectionUrl } from './connection-url';
import type { Variables } from './environment-lines';
import { libpqParameters } from './environment-parameters';

/** How frameworks and container files call the parts of a connection, behind one of `prefixes`. */
const keywordBySuffix: ReadonlyMap<string, string> = new Map([
  ['HOST', 'host'],
  ['HOSTNAME', 'host'],
  ['SERVER', 'host'],
  ['PORT', 'port'],
  ['NAME', 'dbname'],
  ['DB', 'dbname'],
  ['DATABASE', 'dbname'],
  ['USER', 'user'],
  ['USERNAME', 'user'],
  ['PASSWORD', 'password'],
  ['PASS', 'password'],
  ['SSLMODE', 'sslmode'],
  ['SSL_MODE', 'sslmode'],
]);

const prefixes = ['POSTGRES', 'POSTGRESQL', 'PG', 'DB', 'DATABASE'] as const;

/** Where a framework names the kind of the database, one of these stands for PostgreSQL. */
const postgresNames = /postg|pgsql|^pg/i;

/**
 * What the variables of a pasted text say: by a URL, by libpq's variables, or by those of the container
 * image and of frameworks. Null where they name no host, database or user. Raises InvalidInput.
 */
export function parametersOfVariables(variables: Variables): ConnectionParameters | null {
  const url = urlOf(variables);
  if (url !== undefined) return parseConnectionUrl(url);
  return (
    libpqParameters(Object.fromEntries(variables)) ??
    prefixes.map((prefix) => parametersBehind(prefix, variables)).find((found) => found !== null) ??
    null
  );
}

/** DATABASE_URL, or else the first variable that holds a URL of PostgreSQL. */
function urlOf(variables: Variables): string | undefined {
  // By their names: the password of a key/value string may look like a URL.
  const named = [...variables].filter(([name]) => /(?:URL|URI|DSN)$/i.test(name));
  const values = [variables.get('DATABASE_URL') ?? '', ...named.map(([, value]) => value)];
  return values.map((value) => value.trim()).find(isConnectionUrl);
}

function parametersBehind(prefix: string, variables: Variables): ConnectionParameters | null {
  const kinds = ['CONNECTION', 'DRIVER', 'ENGINE', 'DIALECT', 'TYPE', 'CLIENT'];
  const kind = kinds.map((suffix) => variables.get(`${prefix}_${suffix}`)).find(Boolean);
  if (kind !== undefined && !postgresNames.test(kind)) return null;
  const parameters: ConnectionParameters = new Map();
  for (const [suffix, keyword] of keywordBySuffix) {
    const value = variables.get(`${prefix}_${suffix}`);
    if (value !== undefined && value !== '') parameters.set(keyword, value);
  }
  return ['host', 'dbname', 'user'].some((keyword) => parameters.has(keyword)) ? parameters : null;
}
