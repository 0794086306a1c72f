import type {
  Connection,
  ConnectionProfile,
  ParsedConnection,
  ProfileDraft,
  TargetSessionAttrs,
} from '@shared/models/connection-profile';
import { textOfRows } from './host-rows';
import { emptySshValues, sshValuesOf, type SshValues } from './ssh-values';

/** The profile form as typed: every field is kept as text, so that no error can lose it. */
export interface FormValues extends SshValues {
  readonly name: string;
  readonly color: ProfileDraft['color'];
  readonly environment: ProfileDraft['environment'];
  readonly host: string;
  readonly port: string;
  /** Further hosts, as textOfRows writes them. */
  readonly otherHosts: string;
  readonly targetSessionAttrs: TargetSessionAttrs;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly passwordSource: ProfileDraft['passwordSource'];
  readonly sslMode: ProfileDraft['sslMode'];
  readonly sslRootCertificate: string;
  readonly sslClientCertificate: string;
  readonly sslClientKey: string;
  readonly readOnly: boolean;
  readonly confirmEverything: boolean;
  readonly folder: string;
  readonly applicationName: string;
  readonly searchPath: string;
  readonly startupSql: string;
  readonly lockTimeout: string;
  readonly idleInTransactionTimeout: string;
  /** Durations are typed in seconds; empty takes the default. */
  readonly statementTimeout: string;
  readonly maxConnections: string;
  readonly minConnections: string;
  readonly acquireTimeout: string;
  readonly idleTimeout: string;
  readonly maxLifetime: string;
}

export type FormField = keyof FormValues;
export type FormErrors = Partial<Record<FormField, string>>;

/** An empty form; without a keychain the password is asked for each time. */
export function emptyValues(keychainAvailable: boolean): FormValues {
  return {
    name: '',
    color: 'gray',
    environment: 'local',
    host: 'localhost',
    port: '5432',
    otherHosts: '',
    targetSessionAttrs: 'any',
    database: '',
    user: '',
    password: '',
    passwordSource: keychainAvailable ? 'keychain' : 'ask',
    ...emptySshValues(keychainAvailable),
    sslMode: 'prefer',
    sslRootCertificate: '',
    sslClientCertificate: '',
    sslClientKey: '',
    readOnly: false,
    confirmEverything: false,
    folder: '',
    applicationName: '',
    searchPath: '',
    startupSql: '',
    lockTimeout: '',
    idleInTransactionTimeout: '',
    statementTimeout: '',
    maxConnections: '',
    minConnections: '',
    acquireTimeout: '',
    idleTimeout: '',
    maxLifetime: '',
  };
}

const seconds = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '' : String(milliseconds / 1000);

/** The form of a saved profile. */
export function valuesOf(profile: ConnectionProfile): FormValues {
  return { ...emptyValues(true), ...draftValues(profile) };
}

function draftValues(draft: ParsedConnection['draft']): Partial<FormValues> {
  const { port, otherHosts, ssh, statementTimeoutMs, ...others } = draft;
  const { lockTimeoutMs, idleInTransactionTimeoutMs, pool, ...rest } = others;
  const known = Object.keys(emptyValues(true));
  const values = Object.fromEntries(
    Object.entries(rest).filter(([field, value]) => known.includes(field) && value !== undefined),
  );
  return {
    ...values,
    ...(port !== undefined && { port: String(port) }),
    ...(otherHosts !== undefined && {
      otherHosts: textOfRows(
        otherHosts.map((other) => ({ host: other.host, port: String(other.port) })),
      ),
    }),
    ...(ssh !== undefined && sshValuesOf(ssh)),
    ...(statementTimeoutMs !== undefined &&
      statementTimeoutMs !== 0 && { statementTimeout: seconds(statementTimeoutMs) }),
    ...(lockTimeoutMs !== undefined && { lockTimeout: seconds(lockTimeoutMs) }),
    ...(idleInTransactionTimeoutMs !== undefined && {
      idleInTransactionTimeout: seconds(idleInTransactionTimeoutMs),
    }),
    ...(pool && {
      maxConnections: pool.maxConnections?.toString() ?? '',
      minConnections: pool.minConnections?.toString() ?? '',
      acquireTimeout: seconds(pool.acquireTimeoutMs),
      idleTimeout: seconds(pool.idleTimeoutMs),
      maxLifetime: seconds(pool.maxLifetimeMs),
    }),
  };
}

/** The form with what a pasted URL says; what it does not say stays as typed. */
export function withParsed(values: FormValues, parsed: ParsedConnection): FormValues {
  // The hosts of a connection belong together: one that is named takes the place of all.
  const hosts = parsed.draft.host === undefined ? {} : { otherHosts: '' };
  const merged = { ...values, ...hosts, ...draftValues(parsed.draft) };
  return {
    ...merged,
    ...(parsed.password !== undefined && { password: parsed.password }),
    name: merged.name || suggestedName(merged),
  };
}

/** A name made of the database and, away from this machine, its host. */
export function suggestedName(values: Pick<FormValues, 'host' | 'database'>): string {
  const isHere = /^(localhost|127\.|::1$|\/|$)/.test(values.host);
  if (values.database === '') return isHere ? '' : values.host;
  return isHere ? values.database : `${values.database} on ${values.host}`;
}

/** The form for another database of a server that is open. */
export function valuesForDatabase(
  connection: Connection,
  profile: ConnectionProfile | undefined,
  database: string,
  keychainAvailable: boolean,
): FormValues {
  const { host, port, user, color, environment, readOnly } = connection;
  const base = profile ? valuesOf(profile) : emptyValues(keychainAvailable);
  return {
    ...base,
    // Of several hosts the one in use need not be the first.
    ...(profile === undefined && { host, port: String(port) }),
    user,
    color,
    environment,
    readOnly,
    database,
    name: suggestedName({ host: profile?.host ?? host, database }),
  };
}

/** The names of all fields. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of FormValues themselves
export const formFields = Object.keys(emptyValues(true)) as FormField[];

/** Whether anything was typed since `initial`. */
export function isDirty(initial: FormValues, values: FormValues): boolean {
  return formFields.some((field) => initial[field] !== values[field]);
}

/**
 * Whether a pasted text describes a whole connection and is no host name: a URL, libpq's key=value
 * form (PostgreSQL manual, "Connection Strings"), variables, or a psql command line. Of several lines
 * none is the name of a host.
 */
export function looksLikeConnectionString(text: string): boolean {
  const trimmed = text.trim();
  return (
    /[\r\n]/.test(trimmed) ||
    /^["'`]?(?:jdbc:|[a-z][a-z0-9+._-]*:\/\/)/i.test(trimmed) ||
    /^(?:export\s+|set\s+|\$env:)?[a-z_][a-z0-9_ ]*\s*=/i.test(trimmed) ||
    /(?:^|[\s\\/])psql(?:\.exe)?["']?\s/i.test(`${trimmed} `)
  );
}
