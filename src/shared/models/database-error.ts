import { z } from 'zod';
import { serverMessageShape } from './server-message';

/** What can go wrong between the app and a PostgreSQL server, told apart by what a person does next. */
export const databaseErrorKinds = [
  /** No session could be made: name not found, refused, unreachable, TLS failed, server starting. */
  'ConnectionFailed',
  /** A session existed and the link or the server went away under it. */
  'ConnectionLost',
  /** The server refused this user, password or pg_hba.conf entry. */
  'AuthenticationFailed',
  /** The SSH host shows a key that is changed, revoked, or not trusted by the person. */
  'HostKeyRefused',
  /** The database named in the profile does not exist (3D000). */
  'DatabaseNotFound',
  /** Every client of the pool is in use and none came free in time. */
  'PoolExhausted',
  /** The server has no connection left for us (53300). */
  'TooManyConnections',
  /** A deadline of ours or of the server's passed. */
  'Timeout',
  /** The user asked for it to stop. */
  'Cancelled',
  /** The statement does not parse or does not mean anything (class 42 without its own kind below). */
  'InvalidQuery',
  /** A relation that the statement names does not exist (42P01). */
  'TableNotFound',
  /** 42501: the user lacks the right. */
  'PermissionDenied',
  /** 25006, or the profile is read-only. */
  'ReadOnly',
  /** Class 23: unique, foreign key, check, not null, exclusion. */
  'ConstraintViolated',
  /** 40001, 40P01: the server rolled back because of a concurrent transaction. */
  'SerializationFailed',
  /** 55P03, 55006: somebody else holds the lock. */
  'LockNotAvailable',
  /** 25P02 and the rest of class 25: the open transaction cannot go on. */
  'TransactionFailed',
  /** Classes 53, 54, 58, XX: the server lacks memory, disk, or is damaged. */
  'ServerFailed',
  /** Everything else that the server says of a statement. */
  'QueryFailed',
] as const;

/** What can go wrong inside the app itself. */
export const applicationErrorKinds = [
  /** A request over IPC that does not fit the contract. */
  'InvalidRequest',
  /** A value typed by the user that cannot be used; `field` names it. */
  'InvalidInput',
  /** The thing named by an id is gone: a closed connection, a closed result. */
  'NotFound',
  /** The operating system has no keychain, or it is locked. */
  'KeychainUnavailable',
  /** A file of the app could not be read or written. */
  'StorageFailed',
  /** The local sample server could not be started. */
  'SampleServerFailed',
  /** A defect of the app. */
  'Internal',
] as const;

export const errorKindSchema = z.enum([...databaseErrorKinds, ...applicationErrorKinds]);
export type DatabaseErrorKind = (typeof databaseErrorKinds)[number];
export type ErrorKind = z.infer<typeof errorKindSchema>;

/**
 * An error as data: the one shape in which failures cross between processes.
 * Server fields are those of the protocol's ErrorResponse, kept as sent
 * (PostgreSQL manual, "Error and Notice Message Fields").
 */
export const databaseErrorSchema = z.object({
  kind: errorKindSchema,
  /** One sentence for a person: the server's own message where there is one. */
  message: z.string(),
  /** What the person can do next, in plain words. */
  advice: z.string().optional(),
  /** The name of the form field that the error belongs to. */
  field: z.string().optional(),
  sqlState: z.string().optional(),
  severity: z.string().optional(),
  ...serverMessageShape,
  /** Offset in UTF-16 units from the start of the text that was submitted. */
  position: z.number().int().nonnegative().optional(),
  /** The query that a function of the server ran, where the error lies in it. */
  internalQuery: z.string().optional(),
  /** Offset in UTF-16 units from the start of `internalQuery`. */
  internalPosition: z.number().int().nonnegative().optional(),
  /** Where in the server's source it was raised: "ExecConstraints, execMain.c:2010". */
  location: z.string().optional(),
  /** An errno name such as ECONNREFUSED, or a TLS code such as CERT_HAS_EXPIRED. */
  systemCode: z.string().optional(),
});
export type DatabaseErrorData = z.infer<typeof databaseErrorSchema>;
