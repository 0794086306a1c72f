import { connectContext } from '../session/client';
import type { ConnectionSettings } from '../session/connection-settings';
import { addressOf } from '../errors/error-context';
import { cancelledError, DatabaseError } from '../errors/database-error';
import type { PoolMember } from './pool-member';

/** What callers who wait hear when the pool is closed. */
export function poolClosedError(): DatabaseError {
  return cancelledError('The connection was closed.');
}

/** Every client was in somebody's hands until the deadline; the detail says whose, and for how long. */
export function poolExhaustedError(
  { maxConnections, acquireTimeoutMs }: ConnectionSettings['limits'],
  members: Iterable<PoolMember>,
): DatabaseError {
  const now = Date.now();
  const holders = [...members].map(({ holder, session }) =>
    holder === null
      ? `process ${session.processID}: being checked`
      : `process ${session.processID}: ${holder.label}, for ${Math.round((now - holder.since) / 1000)} s`,
  );
  return new DatabaseError({
    kind: 'PoolExhausted',
    message: `All ${maxConnections} sessions of this connection are in use, and none came free within ${acquireTimeoutMs} ms.`,
    detail: holders.join('\n'),
    advice:
      'Cancel a running statement, end an open transaction, or raise the limit of sessions in the connection.',
  });
}

/** There was room, but no session was made before the deadline. */
export function acquireTimeoutError(settings: ConnectionSettings): DatabaseError {
  const others = settings.otherHosts?.length ?? 0;
  const server =
    others === 0 ? addressOf(connectContext(settings)) : `None of the ${others + 1} hosts`;
  return new DatabaseError({
    kind: 'Timeout',
    message: `${server} gave${others === 0 ? ' no' : ' a'} session within ${settings.limits.acquireTimeoutMs} ms.`,
    advice: 'Check the network connection, then try again.',
  });
}

/** A session was given up because its link is dead, or its server stuck. */
export function serverSilentError(): DatabaseError {
  return new DatabaseError({
    kind: 'ConnectionLost',
    message: 'The server no longer answers.',
    advice: 'Check the network connection. A new session is opened when it is needed.',
  });
}

/** What the statements of a link that was given up fail with: the error that the system gives up with. */
export function linkTimeout(): Error {
  return Object.assign(new Error('The server no longer answers.'), { code: 'ETIMEDOUT' });
}
