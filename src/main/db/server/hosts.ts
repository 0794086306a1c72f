import type { HostAddress, TargetSessionAttrs } from '@shared/models/connection-profile';
import type { ConnectionSettings } from '../session/connection-settings';
import { addressOf } from '../errors/error-context';
import { DatabaseError } from '../errors/database-error';
import type { ServerRole } from './server-role';

/** Why one host of several gave no session. */
export interface HostFailure {
  readonly address: HostAddress;
  readonly error: DatabaseError;
}

/** The hosts of a connection in the order in which they are named. */
export function hostsOf({ host, port, otherHosts = [] }: ConnectionSettings): HostAddress[] {
  return [{ host, port }, ...otherHosts];
}

export function isSameHost(one: HostAddress, other: HostAddress): boolean {
  return one.host === other.host && one.port === other.port;
}

/**
 * Why a server is none of those that a connection asks for, in words that go on after its address;
 * null when it is one. `prefer-standby` refuses none: it only says which are tried first.
 */
export function mismatchOf(
  wanted: TargetSessionAttrs,
  { isStandby, isReadOnly }: Pick<ServerRole, 'isStandby' | 'isReadOnly'>,
): string | null {
  switch (wanted) {
    case 'any':
    case 'prefer-standby':
      return null;
    case 'primary':
      return isStandby ? 'is a standby, not a primary' : null;
    case 'standby':
      return isStandby ? null : 'is a primary, not a standby';
    case 'read-write':
      if (isStandby) return 'is a standby and takes no writes';
      return isReadOnly ? 'starts its sessions as read-only' : null;
    case 'read-only':
      return isReadOnly ? null : 'takes writes';
  }
}

/** What a host that answered, but is not what was asked for, is refused with. */
export function mismatchError(address: HostAddress, reason: string): DatabaseError {
  return new DatabaseError({
    kind: 'ConnectionFailed',
    field: 'targetSessionAttrs',
    message: `${addressOf(address)} ${reason}.`,
    advice: 'Choose another kind of server to connect to, or name the host that is of this kind.',
  });
}

/**
 * Whether the next host may fare better. As in libpq, a server that refuses the login ends the search:
 * the others have the same users, and repeating a wrong password can lock the account. So does what
 * failed on this computer: the place of the password, a certificate file.
 */
export function mayTryNextHost(error: DatabaseError): boolean {
  const final = [
    'AuthenticationFailed',
    'Cancelled',
    'DatabaseNotFound',
    'HostKeyRefused',
    'InvalidInput',
    'KeychainUnavailable',
    'PermissionDenied',
    'StorageFailed',
  ];
  return !final.includes(error.kind);
}

/** That no host could be used, with the reason of each in a line of its own. */
export function noHostError(failures: readonly HostFailure[]): DatabaseError {
  const errors = failures.map(({ error }) => error);
  const areAllOthers = errors.every(isMismatch);
  return new DatabaseError(
    {
      kind: 'ConnectionFailed',
      ...(areAllOthers && { field: 'targetSessionAttrs' }),
      message: `None of the ${failures.length} hosts could be used.`,
      detail: failures.map(({ address, error }) => withAddress(address, error.message)).join('\n'),
      advice: areAllOthers
        ? 'All answered, and none is of the kind that the connection asks for. During a failover this passes: try again in a moment.'
        : 'Check the hosts and their ports, and that the servers run. During a failover this passes: try again in a moment.',
    },
    { cause: new AggregateError(errors) },
  );
}

/** Whether a host answered and was not of the kind that was asked for. */
export function isMismatch(error: DatabaseError): boolean {
  return error.data.field === 'targetSessionAttrs';
}

/** A message about one host of several, which has to name it. */
export function withAddress(address: HostAddress, message: string): string {
  const name = addressOf(address);
  return message.includes(name) ? message : `${name}: ${message}`;
}
