import { addressOf } from '../errors/error-context';
import { DatabaseError } from '../errors/database-error';
import { systemCodeOf } from '../errors/system-code';
import type { TunnelTarget } from '../session/tunnel';
import type { SshSettings } from './ssh-settings';

type Address = Pick<SshSettings, 'host' | 'port'>;

/** What the system says of an SSH server that could not be reached, in words. */
const unreachable: Readonly<Record<string, (ssh: Address) => readonly [string, string]>> = {
  ECONNREFUSED: (ssh) => [
    `No SSH server accepts connections at ${addressOf(ssh)}.`,
    'Check the SSH host and port, and that sshd runs there.',
  ],
  ENOTFOUND: ({ host }) => [
    `The SSH host name "${host}" was not found.`,
    'Check its spelling: names of ~/.ssh/config are not known here. A name of a private network may need a VPN.',
  ],
  EAI_AGAIN: ({ host }) => [
    `The SSH host name "${host}" could not be looked up: the name server does not answer.`,
    'Check the network connection, then try again.',
  ],
  ETIMEDOUT: (ssh) => [
    `The SSH host ${addressOf(ssh)} does not answer.`,
    'Check the SSH host and port. A firewall may drop the packets, or a VPN may be off.',
  ],
};

/** Describes why no SSH connection came about, where the cause is neither the key nor the login. */
export function describeConnectFailure(error: unknown, ssh: Address): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = systemCodeOf(error);
  const [message, advice] = unreachable[code ?? '']?.(ssh) ??
    handshakeFailure(text, ssh) ?? [
      `Connecting to the SSH host ${addressOf(ssh)} failed: ${text}`,
      'Check the SSH host, its port and the network connection.',
    ];
  return new DatabaseError(
    { kind: 'ConnectionFailed', message, advice, ...(code !== undefined && { systemCode: code }) },
    { cause: error },
  );
}

/** The server was silent for too long before the login was done. */
export function connectTimeout(ssh: Address, timeoutMs: number): DatabaseError {
  return new DatabaseError({
    kind: 'Timeout',
    message: `The SSH host ${addressOf(ssh)} gave no session within ${timeoutMs} ms.`,
    advice: 'Check the SSH host and port. A firewall may drop the packets, or a VPN may be off.',
  });
}

/** The SSH connection broke off with the streams in it. */
export function tunnelLost(ssh: Address): DatabaseError {
  return new DatabaseError({
    kind: 'ConnectionLost',
    message: `The SSH connection to ${addressOf(ssh)} was lost.`,
    advice:
      'An open transaction was rolled back. Whether a statement that was running took effect is not known: look before you run it again.',
  });
}

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, section 5.1). */
const prohibited = 1;

/** What the SSH server says in words of a host that it does not reach, as errno names. */
const remoteCodes: readonly (readonly [RegExp, string])[] = [
  [/refused/i, 'ECONNREFUSED'],
  [/timed? ?out/i, 'ETIMEDOUT'],
  [/no route|host is unreachable/i, 'EHOSTUNREACH'],
  [/network is unreachable/i, 'ENETUNREACH'],
  [/no such file/i, 'ENOENT'],
];

/** Describes why the SSH server opened no stream to the database. */
export function describeForwardFailure(
  error: Error,
  target: TunnelTarget,
  ssh: Address,
): DatabaseError {
  const reason = 'reason' in error ? error.reason : undefined;
  const said = error.message.replace('(SSH) Channel open failure: ', '');
  const place = 'path' in target ? target.path : addressOf(target);
  if (reason === prohibited) {
    return new DatabaseError(
      {
        kind: 'ConnectionFailed',
        message: `The SSH host ${ssh.host} does not allow a tunnel to ${place}.`,
        detail: `It says: ${said}`,
        advice: 'Ask its administrator to allow it (sshd_config: AllowTcpForwarding, PermitOpen).',
      },
      { cause: error },
    );
  }
  const systemCode = remoteCodes.find(([words]) => words.test(said))?.[1];
  return new DatabaseError(
    {
      kind: 'ConnectionFailed',
      message: `The SSH host ${ssh.host} does not reach the database server at ${place}.`,
      detail: `It says: ${said}`,
      advice:
        'path' in target
          ? // sshd gives the same answer to a socket that is not there and to one that it forbids.
            'Check the folder and the port of the socket on the SSH host, and that sshd allows it (sshd_config: AllowStreamLocalForwarding).'
          : 'Check the host and the port of the database as the SSH host knows them ("localhost" is the SSH host itself), and that the server runs.',
      ...(systemCode !== undefined && { systemCode }),
    },
    { cause: error },
  );
}

function handshakeFailure(text: string, ssh: Address): readonly [string, string] | null {
  if (/no matching/i.test(text)) {
    return [
      `The SSH host ${addressOf(ssh)} offers no safe way to connect: ${text}`,
      'Its SSH server is too old, or set to outdated algorithms. An administrator has to update it.',
    ];
  }
  if (/before handshake|identification|closed by|connection lost|unexpected packet/i.test(text)) {
    return [
      `${addressOf(ssh)} did not answer as an SSH server does.`,
      'Check the SSH port: another service may listen there, or the server may refuse this computer.',
    ];
  }
  return null;
}
