import {
  profileDraftSchema,
  type Connection,
  type ConnectionProfile,
} from '@shared/models/connection-profile';

/** A saved profile with the contract's defaults. */
export function connectionProfile(
  name: string,
  rest: Partial<ConnectionProfile> = {},
): ConnectionProfile {
  return {
    ...profileDraftSchema.parse({ name, host: 'localhost', database: 'app', user: 'me' }),
    id: '00000000-0000-4000-8000-000000000001',
    hasPassword: false,
    lastOpenedAt: null,
    ...rest,
  };
}

/** An open connection of a saved profile, as main tells of it. */
export function openedConnection(name: string, rest: Partial<Connection> = {}): Connection {
  const { id, color, environment, host, port, database, user, readOnly } = connectionProfile(name);
  return {
    connectionId: '00000000-0000-4000-8000-00000000000a',
    profileId: id,
    origin: 'profile',
    name,
    color,
    environment,
    host,
    port,
    database,
    user,
    readOnly,
    serverVersion: '18.1',
    tls: null,
    ...rest,
  };
}
