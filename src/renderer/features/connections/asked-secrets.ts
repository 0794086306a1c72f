import type { ConnectionProfile, SecretName } from '@shared/models/connection-profile';

/** Secrets as typed for one opening. */
export type TypedSecrets = { readonly [S in SecretName]?: string };

/** The secrets that a profile asks for each time it is opened. */
export function secretsToAsk(profile: ConnectionProfile): readonly SecretName[] {
  const { passwordSource, ssh } = profile;
  const asksForSshSecret =
    ssh !== undefined && ssh.authentication !== 'agent' && ssh.secretSource === 'ask';
  return [
    ...(asksForSshSecret ? (['sshSecret'] as const) : []),
    ...(passwordSource === 'ask' ? (['password'] as const) : []),
  ];
}

/** Those of the typed secrets that the profile asks for: the others are in the keychain by now. */
export function askedSecrets(
  profile: ConnectionProfile,
  typed: Readonly<Record<SecretName, string>>,
): TypedSecrets {
  const asked = secretsToAsk(profile).filter((secret) => typed[secret] !== '');
  return Object.fromEntries(asked.map((secret) => [secret, typed[secret]]));
}

/** What a secret is called for a person. */
export function secretLabel(profile: ConnectionProfile, secret: SecretName): string {
  if (secret === 'password') return profile.ssh === undefined ? 'Password' : 'Database password';
  return profile.ssh?.authentication === 'key' ? 'Passphrase of the SSH key' : 'SSH password';
}
