import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';

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
