import {
  environmentConnectionSchema,
  profileDraftSchema,
  type EnvironmentConnection,
  type ProfileDraft,
} from '@shared/models/connection-profile';
import { DatabaseError } from '../../db/errors/database-error';
import { toParsedConnection, type ConnectionParameters } from './connection-parameters';
import {
  containerParameters,
  databaseUrlParameters,
  libpqParameters,
  type Environment,
} from './environment-parameters';

/** What connecting by the environment takes. */
export interface EnvironmentSettings {
  /** With every default filled in; `passwordSource` is `pgpass` where no variable has a password. */
  readonly draft: ProfileDraft;
  readonly password: string | null;
}

type Source = EnvironmentConnection['source'];

const sources = {
  DATABASE_URL: { read: databaseUrlParameters, label: 'DATABASE_URL' },
  PG: { read: libpqParameters, label: 'PGHOST, PGDATABASE …' },
  POSTGRES: { read: containerParameters, label: 'POSTGRES_HOST, POSTGRES_DB …' },
} as const satisfies Record<
  Source,
  { read: (environment: Environment) => ConnectionParameters | null; label: string }
>;

/**
 * The connections that environment variables describe, without their passwords. Variables that make
 * no sense are left out of the list; `environmentSettings` says what is wrong with them.
 * `systemUser` is the name of the operating system's user, libpq's default.
 */
export function environmentConnections(
  environment: Environment,
  systemUser: string,
): EnvironmentConnection[] {
  const connections: EnvironmentConnection[] = [];
  for (const source of environmentConnectionSchema.shape.source.options) {
    const draft = usableDraft(environment, source, systemUser);
    if (draft === null) continue;
    const { host, port, database, user } = draft;
    connections.push({ source, label: sources[source].label, host, port, database, user });
  }
  return connections;
}

/** Everything that connecting by one source takes. Raises NotFound when it is not set, InvalidInput. */
export function environmentSettings(
  environment: Environment,
  source: Source,
  systemUser: string,
): EnvironmentSettings {
  const parameters = sources[source].read(environment);
  if (parameters === null) {
    throw new DatabaseError({
      kind: 'NotFound',
      message: `The environment names no connection (${sources[source].label}).`,
      advice: 'Set the variables and start Postern again, or enter the connection by hand.',
    });
  }
  const { draft, password } = toParsedConnection(parameters);
  // The container image makes a superuser "postgres"; libpq takes the name of the system's user.
  const user = draft.user ?? (source === 'POSTGRES' ? 'postgres' : systemUser);
  const complete = profileDraftSchema.safeParse({
    name: sources[source].label,
    passwordSource: password === undefined ? 'pgpass' : 'ask',
    ...draft,
    host: draft.host ?? 'localhost',
    user,
    database: draft.database ?? user,
  });
  if (!complete.success) {
    const issue = complete.error.issues[0];
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: issue?.path.join('.') ?? 'url',
      message: `The environment's connection cannot be used: ${issue?.message ?? 'unknown'}`,
      advice: `Check ${sources[source].label}.`,
    });
  }
  return { draft: complete.data, password: password ?? null };
}

function usableDraft(
  environment: Environment,
  source: Source,
  systemUser: string,
): ProfileDraft | null {
  try {
    return environmentSettings(environment, source, systemUser).draft;
  } catch (error) {
    if (error instanceof DatabaseError) return null;
    throw error;
  }
}
