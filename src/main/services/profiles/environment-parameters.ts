import type { ConnectionParameters } from './connection-parameters';
import { isConnectionUrl, parseConnectionUrl } from './connection-url';

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** libpq's variables (PostgreSQL manual, "Environment Variables") by the keyword that each one sets. */
const libpqKeywords: Readonly<Record<string, string>> = {
  PGHOST: 'host',
  PGHOSTADDR: 'hostaddr',
  PGPORT: 'port',
  PGDATABASE: 'dbname',
  PGUSER: 'user',
  PGPASSWORD: 'password',
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
  PGSSLCERT: 'sslcert',
  PGSSLKEY: 'sslkey',
  PGOPTIONS: 'options',
  PGTARGETSESSIONATTRS: 'target_session_attrs',
};

/** The variables of the postgres container image, and the two that go with them by custom. */
const containerKeywords: Readonly<Record<string, string>> = {
  POSTGRES_HOST: 'host',
  POSTGRES_PORT: 'port',
  POSTGRES_DB: 'dbname',
  POSTGRES_USER: 'user',
  POSTGRES_PASSWORD: 'password',
};

/** All that libpq's variables say, a password alone too. */
export function libpqVariables(environment: Environment): ConnectionParameters {
  return collect(environment, libpqKeywords);
}

/** What libpq's variables say; null when they name no host, database or user. */
export function libpqParameters(environment: Environment): ConnectionParameters | null {
  const parameters = libpqVariables(environment);
  const names = ['host', 'hostaddr', 'dbname', 'user'];
  return names.some((name) => parameters.has(name)) ? parameters : null;
}

/** What the container image's variables say; null when they name no host, database or user. */
export function containerParameters(environment: Environment): ConnectionParameters | null {
  const parameters = collect(environment, containerKeywords);
  return ['host', 'dbname', 'user'].some((name) => parameters.has(name)) ? parameters : null;
}

/** What DATABASE_URL says; null when it is not set or not a PostgreSQL URL. Raises InvalidInput. */
export function databaseUrlParameters(environment: Environment): ConnectionParameters | null {
  const url = environment['DATABASE_URL']?.trim() ?? '';
  return isConnectionUrl(url) ? parseConnectionUrl(url) : null;
}

function collect(
  environment: Environment,
  variables: Readonly<Record<string, string>>,
): ConnectionParameters {
  const parameters: ConnectionParameters = new Map();
  for (const [variable, keyword] of Object.entries(variables)) {
    const value = environment[variable];
    if (value !== undefined && value !== '') parameters.set(keyword, value);
  }
  return parameters;
}
