import { DatabaseError } from '../../db/errors/database-error';

/** A profile that is not there, or not any more. */
export function notFound(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'This connection no longer exists.',
    advice: 'Choose another one from the list.',
  });
}

/** A profile that was deleted while a connection of it is open. */
export function deletedWhileOpen(): DatabaseError {
  return new DatabaseError({
    kind: 'NotFound',
    message: 'This saved connection was deleted, and with it the password for further sessions.',
    advice:
      'What runs in the sessions that are open goes on. Close the connection and open another.',
  });
}
