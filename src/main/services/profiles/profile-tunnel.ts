import { posix, win32 } from 'node:path';
import type { SshTunnelDraft } from '@shared/models/ssh-tunnel';
import { DatabaseError } from '../../db/errors/database-error';
import type { SshAuthentication } from '../../db/ssh/ssh-settings';
import type { Environment } from './environment-parameters';

/** The pipe of the agent that comes with Windows (Win32-OpenSSH, "ssh-agent.exe"). */
const windowsAgentPipe = String.raw`\\.\pipe\openssh-ssh-agent`;

/** The places that the secret of an SSH tunnel can come from. */
export interface SshSecretPlaces {
  /** Reads the keychain. */
  readonly stored: () => Promise<string | null>;
  /** What was typed for this connection, if anything was; it goes before the keychain. */
  readonly typed: string | null;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
}

/**
 * How a profile logs in to its SSH host. Its secret raises InvalidInput with the field `ssh.secret`
 * when it must be asked for, KeychainUnavailable.
 */
export function sshAuthenticationOf(
  ssh: SshTunnelDraft,
  places: SshSecretPlaces,
): SshAuthentication {
  const { typed, stored, environment, platform, home } = places;
  const secret = (): Promise<string | null> => {
    if (typed !== null) return Promise.resolve(typed);
    if (ssh.secretSource === 'ask') return Promise.reject(secretNeeded(ssh));
    return ssh.secretSource === 'keychain' ? stored() : Promise.resolve(null);
  };
  switch (ssh.authentication) {
    case 'agent':
      return { method: 'agent', socket: agentSocket(environment, platform) };
    case 'key':
      return { method: 'key', path: atHome(ssh.keyFile ?? '', home, platform), passphrase: secret };
    case 'password':
      return { method: 'password', password: secret };
  }
}

/** Where the SSH agent listens (ssh-agent(1)); null where none was started. */
export function agentSocket(environment: Environment, platform: NodeJS.Platform): string | null {
  return environment['SSH_AUTH_SOCK'] || (platform === 'win32' ? windowsAgentPipe : null);
}

/** "~/" stands for the home folder, as people write it for keys. */
function atHome(path: string, home: string, platform: NodeJS.Platform): string {
  if (!/^~[/\\]/.test(path)) return path;
  return (platform === 'win32' ? win32 : posix).join(home, path.slice(2));
}

function secretNeeded({ authentication }: SshTunnelDraft): DatabaseError {
  const name = authentication === 'key' ? 'passphrase of its SSH key' : 'SSH password';
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'ssh.secret',
    message: `This connection asks for the ${name} each time.`,
    advice: 'Enter it.',
  });
}
