import type { DatabaseErrorData } from '@shared/models/database-error';
import { addressOf, type ErrorContext } from './error-context';

/** What is said of a link: one that could not be made, and one that ended. */
export type LinkDescription = Pick<
  DatabaseErrorData,
  'kind' | 'message' | 'advice' | 'systemCode' | 'field' | 'detail'
>;

const lostAdvice =
  'An open transaction was rolled back. Whether a statement that was running took effect is not known: look before you run it again.';

/** The other end has gone, or the system gave it up. */
export function linkEnded(context: ErrorContext, code?: string): LinkDescription {
  if (context.phase === 'query') {
    return {
      kind: 'ConnectionLost',
      message: `The connection to ${addressOf(context)} was lost${code === 'ETIMEDOUT' ? ': it no longer answers' : ''}.`,
      advice: lostAdvice,
    };
  }
  return {
    kind: 'ConnectionFailed',
    message: `${addressOf(context)} closed the connection before a session was made.`,
    advice:
      'Check that a PostgreSQL server, not another service, listens on this port. A proxy or a connection limit can do this too.',
  };
}

/** The link was ended here: what came over it is not of the protocol. */
export function protocolBroken(context: ErrorContext): LinkDescription {
  return context.phase === 'query'
    ? {
        kind: 'ConnectionLost',
        message: `The connection to ${addressOf(context)} was ended: what it sent is not of PostgreSQL's protocol.`,
        advice: lostAdvice,
      }
    : {
        kind: 'ConnectionFailed',
        message: `${addressOf(context)} does not speak PostgreSQL's protocol.`,
        advice: 'Check that a PostgreSQL server, not another service, listens on this port.',
      };
}

/** There was no answer within a limit of pg. */
export function linkTimedOut(context: ErrorContext): LinkDescription {
  return {
    kind: 'Timeout',
    message: `${addressOf(context)} did not answer in time.`,
    advice:
      context.phase === 'connect'
        ? 'Check the host and the port. A firewall may drop the packets, or a VPN may be off.'
        : 'Check the network connection, then try again.',
  };
}
