import type {
  SshAuthenticationMethod,
  SshSecretSource,
  SshTunnelDraft,
} from '@shared/models/ssh-tunnel';

/** The fields of the SSH tunnel as typed. */
export interface SshValues {
  readonly sshEnabled: boolean;
  readonly sshHost: string;
  readonly sshPort: string;
  readonly sshUser: string;
  readonly sshAuthentication: SshAuthenticationMethod;
  readonly sshKeyFile: string;
  /** The SSH password, or the passphrase of the key. */
  readonly sshSecret: string;
  readonly sshSecretSource: SshSecretSource;
}

/** No tunnel; without a keychain its secret is asked for each time. */
export function emptySshValues(keychainAvailable: boolean): SshValues {
  return {
    sshEnabled: false,
    sshHost: '',
    sshPort: '22',
    sshUser: '',
    sshAuthentication: 'agent',
    sshKeyFile: '',
    sshSecret: '',
    sshSecretSource: keychainAvailable ? 'keychain' : 'ask',
  };
}

/** The fields of a saved tunnel. */
export function sshValuesOf(ssh: SshTunnelDraft): Partial<SshValues> {
  return {
    sshEnabled: true,
    sshHost: ssh.host,
    sshPort: String(ssh.port),
    sshUser: ssh.user,
    sshAuthentication: ssh.authentication,
    sshKeyFile: ssh.keyFile ?? '',
    sshSecretSource: ssh.secretSource,
  };
}

/** What the schema is to check. Without `port` the default counts. */
export function sshInput(values: SshValues, port: number | undefined): object {
  const { sshAuthentication: authentication, sshSecretSource: secretSource } = values;
  return {
    host: values.sshHost,
    user: values.sshUser,
    authentication,
    secretSource,
    ...(port !== undefined && { port }),
    ...(authentication === 'key' && { keyFile: values.sshKeyFile }),
  };
}

/** The form's field for what the schema or main call "ssh.host". */
export function sshField(name: string): string {
  const last = name.split('.').at(-1) ?? '';
  return `ssh${last.charAt(0).toUpperCase()}${last.slice(1)}`;
}
