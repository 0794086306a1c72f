import type { ProfileDraft } from '@shared/models/connection-profile';
import type { ConnectionSettings, ResolvedPoolLimits } from '../../db/session/connection-settings';
import { DatabaseError } from '../../db/errors/database-error';
import { resolvePoolLimits } from '../../db/pool/pool-limits';
import type { Environment } from './environment-parameters';
import { passwordFilePath, readPasswordFile } from './pgpass';
import { splitStartupSql } from './startup-sql';

/** What holds for every connection that says nothing else. */
export interface ConnectionDefaults {
  readonly applicationName: string;
  readonly limits: ResolvedPoolLimits;
}

/** The places that a password can come from. */
export interface PasswordPlaces {
  /** Reads the keychain. */
  readonly stored: () => Promise<string | null>;
  /** What was typed for this connection, if anything was; it goes before every other place. */
  readonly typed: string | null;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
}

/** A profile and the way to its password → all that connecting takes. Absent limits take the defaults. */
export function toConnectionSettings(
  draft: ProfileDraft,
  password: ConnectionSettings['password'],
  defaults: ConnectionDefaults,
): ConnectionSettings {
  return {
    host: draft.host,
    port: draft.port,
    ...(draft.otherHosts !== undefined && { otherHosts: draft.otherHosts }),
    ...(draft.targetSessionAttrs !== undefined && {
      targetSessionAttrs: draft.targetSessionAttrs,
    }),
    database: draft.database,
    user: draft.user,
    password,
    ssl: {
      mode: draft.sslMode,
      ...(draft.sslRootCertificate && { rootCertificate: draft.sslRootCertificate }),
      ...(draft.sslClientCertificate && { clientCertificate: draft.sslClientCertificate }),
      ...(draft.sslClientKey && { clientKey: draft.sslClientKey }),
    },
    applicationName: draft.applicationName ?? defaults.applicationName,
    readOnly: draft.readOnly,
    statementTimeoutMs: draft.statementTimeoutMs,
    ...(draft.lockTimeoutMs !== undefined && { lockTimeoutMs: draft.lockTimeoutMs }),
    ...(draft.idleInTransactionTimeoutMs !== undefined && {
      idleInTransactionTimeoutMs: draft.idleInTransactionTimeoutMs,
    }),
    ...(draft.searchPath !== undefined && { searchPath: draft.searchPath }),
    ...(draft.startupSql !== undefined && {
      startupStatements: splitStartupSql(draft.startupSql),
    }),
    limits: resolvePoolLimits(defaults.limits, draft.pool),
  };
}

/**
 * Where each new session of a profile takes its password from. The function raises InvalidInput with
 * the field `password` when it must be asked for, KeychainUnavailable, StorageFailed.
 */
export function passwordOf(
  draft: ProfileDraft,
  places: PasswordPlaces,
): ConnectionSettings['password'] {
  const { stored, typed, environment, platform, home } = places;
  if (typed !== null) return () => Promise.resolve(typed);
  const readers: Record<ProfileDraft['passwordSource'], ConnectionSettings['password']> = {
    keychain: stored,
    ask: () => Promise.reject(passwordNeeded()),
    pgpass: (address = draft) =>
      readPasswordFile(
        passwordFilePath(environment, platform, home),
        { ...draft, host: address.host, port: address.port },
        platform,
      ),
    none: () => Promise.resolve(null),
  };
  return readers[draft.passwordSource];
}

function passwordNeeded(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'password',
    message: 'This connection asks for its password each time.',
    advice: 'Enter the password.',
  });
}
