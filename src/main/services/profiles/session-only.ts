import type { DatabaseErrorData } from '@shared/models/database-error';

export const lostAtTheEnd =
  'What is entered until then ends with this session, unless it is exported.';
export const savedLater = 'What is entered meanwhile is saved as soon as that is done.';

/**
 * Says that connections are kept for this session only, because of `cause`; `advice` is what to do, in
 * sentences.
 */
export function sessionOnly(
  cause: DatabaseErrorData,
  advice: readonly (string | null | undefined)[],
): DatabaseErrorData {
  const why =
    cause.kind === 'KeychainUnavailable'
      ? 'there is no keychain to keep their key in'
      : cause.message.replace(/\.$/, '');
  return {
    ...cause,
    message: `Connections are kept for this session only: ${why}.`,
    advice: advice.filter(Boolean).join(' '),
  };
}
