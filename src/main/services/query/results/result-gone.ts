import { DatabaseError } from '../../../db/errors/database-error';

/** What reading raises once a result is closed. */
export function resultGone(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'This result was closed.',
    advice: 'Run the statement again to read its rows.',
  });
}
