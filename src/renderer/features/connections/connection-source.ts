import type { ConnectionSource } from '@shared/ipc/contract';
import type {
  Connection,
  ConnectionProfile,
  EnvironmentConnection,
} from '@shared/models/connection-profile';

/** What a person picked to open. */
export type OpenTarget =
  | { readonly source: Extract<ConnectionSource, { kind: 'sample' }> }
  | {
      readonly source: Extract<ConnectionSource, { kind: 'profile' }>;
      readonly profile: ConnectionProfile;
    }
  | {
      readonly source: Extract<ConnectionSource, { kind: 'environment' }>;
      readonly environment: EnvironmentConnection;
    };

/** One name for each source, without its password. */
export function sourceKey(source: ConnectionSource): string {
  switch (source.kind) {
    case 'profile':
      return `profile:${source.id}`;
    case 'environment':
      return `environment:${source.source}`;
    case 'sample':
      return 'sample';
  }
}

/** The connection that the target has already led to, so that it is shown and not opened twice. */
export function findOpen(
  target: OpenTarget,
  connections: readonly Connection[],
): Connection | undefined {
  return connections.find((connection) => {
    if (connection.origin !== target.source.kind) return false;
    if ('profile' in target) return connection.profileId === target.profile.id;
    if (!('environment' in target)) return true;
    const { host, port, database, user } = target.environment;
    return (
      connection.host === host &&
      connection.port === port &&
      connection.database === database &&
      connection.user === user
    );
  });
}
