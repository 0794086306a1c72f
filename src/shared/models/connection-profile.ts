import { z } from 'zod';
import { databaseErrorSchema } from './database-error';
import { portSchema } from './port';
import { sshTunnelSchema } from './ssh-tunnel';

export const environmentLabels = ['local', 'development', 'staging', 'production'] as const;
export const environmentLabelSchema = z.enum(environmentLabels);
export type EnvironmentLabel = z.infer<typeof environmentLabelSchema>;

/** libpq's sslmode values that differ in effect; `allow` is left out because it protects nothing. */
export const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export const sslModeSchema = z.enum(sslModes);
export type SslMode = z.infer<typeof sslModeSchema>;

/** Where the password comes from at each connect. */
export const passwordSources = ['keychain', 'ask', 'pgpass', 'none'] as const;
export const passwordSourceSchema = z.enum(passwordSources);

/** The secrets of a connection. `sshSecret` is the SSH password, or the passphrase of the key. */
export const secretNameSchema = z.enum(['password', 'sshSecret']);
export type SecretName = z.infer<typeof secretNameSchema>;

/** The files of a profile that a person can choose in a dialog. */
export const keyFileKinds = [
  'ssh-key',
  'root-certificate',
  'client-certificate',
  'client-key',
] as const;
export type KeyFileKind = (typeof keyFileKinds)[number];

/** Which servers of a list are taken; libpq's target_session_attrs (PostgreSQL manual, 34.1.2). */
export const targetSessionAttrs = [
  'any',
  'read-write',
  'read-only',
  'primary',
  'standby',
  'prefer-standby',
] as const;
export const targetSessionAttrsSchema = z.enum(targetSessionAttrs);
export type TargetSessionAttrs = z.infer<typeof targetSessionAttrsSchema>;

export const profileColors = [
  'gray',
  'blue',
  'green',
  'amber',
  'red',
  'violet',
  'teal',
  'pink',
] as const;
export const profileColorSchema = z.enum(profileColors);
export type ProfileColor = z.infer<typeof profileColorSchema>;

/** Limits of one connection's pool. Times in milliseconds; an absent field takes the app's default. */
export const poolLimitsSchema = z.object({
  maxConnections: z
    .number()
    .int()
    .min(1, 'At least 1 session is needed.')
    .max(1000, 'At most 1000 sessions.')
    .optional(),
  minConnections: z.number().int().min(0).max(1000, 'At most 1000 sessions.').optional(),
  acquireTimeoutMs: z.number().int().min(1, 'A wait is longer than 0 seconds.').optional(),
  idleTimeoutMs: z.number().int().min(0).optional(),
  maxLifetimeMs: z.number().int().min(0).optional(),
});
export type PoolLimits = z.infer<typeof poolLimitsSchema>;

/** The largest time that a setting of the server takes: an int4 of milliseconds, 24 days. */
export const longestSettingMs = 2_147_483_647;
const settingMs = z
  .number()
  .int()
  .min(0, 'A time is not negative.')
  .max(longestSettingMs, 'The server takes at most 2147483 seconds, which is 24 days.');

const hostSchema = z
  .string()
  .trim()
  .min(1, 'Enter a host name, an address or a socket folder.')
  .max(1024);

/** Where one server listens. */
export const hostAddressSchema = z.object({ host: hostSchema, port: portSchema });
export type HostAddress = z.infer<typeof hostAddressSchema>;

/** What a person types to describe a connection. It never holds a secret: those are keychain items. */
export const profileDraftSchema = z.object({
  name: z.string().trim().min(1, 'Give the connection a name.').max(200),
  color: profileColorSchema.default('gray'),
  environment: environmentLabelSchema.default('local'),
  /** A host name, an address, or a folder with a Unix socket (begins with a slash). */
  host: hostSchema,
  port: portSchema.default(5432),
  /** Servers that are tried in this order when the first cannot be used. */
  otherHosts: z.array(hostAddressSchema).max(15, 'At most 16 hosts are tried.').optional(),
  /** Absent is any. */
  targetSessionAttrs: targetSessionAttrsSchema.optional(),
  /** The SSH host to go through; the hosts are then what they are called there. */
  ssh: sshTunnelSchema.optional(),
  database: z.string().min(1, 'Enter the name of a database.').max(63),
  user: z.string().min(1, 'Enter a user name.').max(63),
  passwordSource: passwordSourceSchema.default('keychain'),
  sslMode: sslModeSchema.default('prefer'),
  /** Paths of PEM files; they stay where they are. */
  sslRootCertificate: z.string().max(4096).optional(),
  sslClientCertificate: z.string().max(4096).optional(),
  sslClientKey: z.string().max(4096).optional(),
  readOnly: z.boolean().default(false),
  /** Milliseconds; 0 is the server's "no limit". */
  statementTimeoutMs: z.number().int().min(0).default(0),
  /** Milliseconds; absent leaves what the server, the database and the role say. */
  lockTimeoutMs: settingMs.optional(),
  /** idle_in_transaction_session_timeout in milliseconds; absent leaves the server's. */
  idleInTransactionTimeoutMs: settingMs.optional(),
  /** What pg_stat_activity shows; absent is the app's own name. */
  applicationName: z
    .string()
    .trim()
    .min(1)
    // NAMEDATALEN - 1; the server replaces other characters (PostgreSQL manual, application_name).
    .max(63, 'An application name has at most 63 characters.')
    .regex(/^[\x20-\x7e]*$/, 'An application name has letters, digits and signs of ASCII only.')
    .optional(),
  /** As SET search_path takes it: names separated by commas. */
  searchPath: z.string().trim().min(1).max(4096).optional(),
  /** Statements that each new session runs before it is used. */
  startupSql: z.string().max(65_536, 'The start-up SQL is longer than 64 KB.').optional(),
  /** Every statement that changes anything is confirmed, as risky ones are. */
  confirmEverything: z.boolean().optional(),
  /** The folder in the list of connections; absent at its top. */
  folder: z.string().trim().min(1).max(100, 'A folder name has at most 100 characters.').optional(),
  pool: poolLimitsSchema.default({}),
});
export type ProfileDraft = z.infer<typeof profileDraftSchema>;

export const connectionProfileSchema = profileDraftSchema.extend({
  id: z.uuid(),
  /** Whether the keychain holds a password for it; the password itself never leaves main. */
  hasPassword: z.boolean(),
  /** Whether it holds the SSH password, or the passphrase of the key; absent is no. */
  hasSshSecret: z.boolean().optional(),
  lastOpenedAt: z.iso.datetime().nullable(),
});
export type ConnectionProfile = z.infer<typeof connectionProfileSchema>;

/** A connection that the process's environment describes, offered by name on the welcome screen. */
export const environmentConnectionSchema = z.object({
  source: z.enum(['DATABASE_URL', 'PG', 'POSTGRES']),
  label: z.string(),
  host: z.string(),
  port: z.number().int(),
  database: z.string(),
  user: z.string(),
});
export type EnvironmentConnection = z.infer<typeof environmentConnectionSchema>;

/** What a pasted URL or key/value string says; the password goes to the form's password field only. */
export const parsedConnectionSchema = z.object({
  draft: profileDraftSchema.partial(),
  password: z.string().optional(),
  /** Parameters that were understood but are not supported, by name. */
  ignored: z.array(z.string()),
});
export type ParsedConnection = z.infer<typeof parsedConnectionSchema>;

/** One step of "Test connection", in the order it was taken. */
export const connectionTestStepSchema = z.object({
  name: z.enum(['ssh', 'resolve', 'connect', 'tls', 'authenticate', 'settings', 'version', 'host']),
  ok: z.boolean(),
  durationMs: z.number(),
  /** For example the address, the TLS protocol, or the server's version. */
  detail: z.string(),
});
export const connectionTestSchema = z.object({
  ok: z.boolean(),
  steps: z.array(connectionTestStepSchema),
  /** Present when `ok` is false. */
  error: databaseErrorSchema.optional(),
});
export type ConnectionTestStep = z.infer<typeof connectionTestStepSchema>;
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

/** An open connection: a pool of clients to one database. */
export const connectionSchema = z.object({
  connectionId: z.uuid(),
  /** The profile it came from; null for the sample and for connections of the environment. */
  profileId: z.uuid().nullable(),
  origin: z.enum(['profile', 'environment', 'sample']),
  name: z.string(),
  color: profileColorSchema,
  environment: environmentLabelSchema,
  host: z.string(),
  port: z.number().int(),
  /** The SSH host that it leads through; absent without one. */
  via: z.string().optional(),
  database: z.string(),
  user: z.string(),
  readOnly: z.boolean(),
  /** Every statement that changes anything asks first; absent is no. */
  confirmEverything: z.boolean().optional(),
  /** As `SHOW server_version` says it, for example "18.1". */
  serverVersion: z.string(),
  /** For example "TLSv1.3"; null without TLS. */
  tls: z.string().nullable(),
  /** The server replays the changes of another one and refuses every write; absent is no. */
  isStandby: z.boolean().optional(),
  /** The mode of the pooler, such as PgBouncer, that stands before the server; absent without one. */
  pooler: z.enum(['session', 'transaction']).optional(),
  /** Why the server in use is none of those that the connection asks for; absent while it is. */
  mismatch: z.string().optional(),
});
export type Connection = z.infer<typeof connectionSchema>;
