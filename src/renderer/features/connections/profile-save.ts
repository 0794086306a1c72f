import type { ProfileSave } from '@shared/ipc/contract';
import type { ProfileDraft } from '@shared/models/connection-profile';
import type { ProfileFormRequest } from './form-request';
import type { FormValues } from './form-values';

/**
 * What main is given. A typed password is always good for a test; it is kept only where the profile
 * says that the keychain holds it. A password that is kept nowhere is removed from the keychain.
 */
export function profileSave(
  request: ProfileFormRequest,
  draft: ProfileDraft,
  { password }: Pick<FormValues, 'password'>,
  forgetsPassword: boolean,
  purpose: 'test' | 'keep',
): ProfileSave {
  const save = { id: request.profileId, draft };
  const isKept = draft.passwordSource === 'keychain';
  if (password !== '' && (isKept || purpose === 'test')) return { ...save, password };
  const isRemoved = purpose === 'keep' ? !isKept || forgetsPassword : forgetsPassword;
  return request.hasPassword && isRemoved ? { ...save, password: null } : save;
}
