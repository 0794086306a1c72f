import type { ProfileSave } from '@shared/ipc/contract';
import type { ProfileDraft, SecretName } from '@shared/models/connection-profile';
import type { ProfileFormRequest } from './form-request';
import type { FormValues } from './form-values';

/** The secrets that are to go from the keychain. */
export type ForgottenSecrets = Readonly<Record<SecretName, boolean>>;

export const nothingForgotten: ForgottenSecrets = { password: false, sshSecret: false };

interface Typed {
  readonly values: Pick<FormValues, SecretName>;
  readonly forgets: ForgottenSecrets;
}

/**
 * What main is given. A typed secret is always good for a test; it is kept only where the profile
 * says that the keychain holds it. A secret that is kept nowhere is removed from the keychain.
 */
export function profileSave(
  request: ProfileFormRequest,
  draft: ProfileDraft,
  { values, forgets }: Typed,
  purpose: 'test' | 'keep',
): ProfileSave {
  const password = secretToSend(values.password, {
    isKept: draft.passwordSource === 'keychain',
    isSaved: request.hasPassword,
    isForgotten: forgets.password,
    purpose,
  });
  const sshSecret = secretToSend(values.sshSecret, {
    isKept: draft.ssh?.secretSource === 'keychain' && draft.ssh.authentication !== 'agent',
    isSaved: request.hasSshSecret,
    isForgotten: forgets.sshSecret,
    purpose,
  });
  return {
    id: request.profileId,
    draft,
    ...(password !== undefined && { password }),
    ...(sshSecret !== undefined && { sshSecret }),
  };
}

interface SecretState {
  readonly isKept: boolean;
  readonly isSaved: boolean;
  readonly isForgotten: boolean;
  readonly purpose: 'test' | 'keep';
}

/** Undefined leaves the keychain as it is, null removes what it has. */
function secretToSend(
  typed: string,
  { isKept, isSaved, isForgotten, purpose }: SecretState,
): string | null | undefined {
  if (typed !== '' && (isKept || purpose === 'test')) return typed;
  const isRemoved = purpose === 'keep' ? !isKept || isForgotten : isForgotten;
  return isSaved && isRemoved ? null : undefined;
}
