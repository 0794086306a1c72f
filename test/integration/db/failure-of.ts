import { DatabaseError } from '../../../src/main/db/errors/database-error';

/** The DatabaseError that an operation under way fails with. Raises when it does not. */
export async function failureOf(operation: Promise<unknown>): Promise<DatabaseError> {
  const outcome = await operation.then(
    () => new Error('The operation was expected to fail.'),
    (error: unknown) => error,
  );
  if (outcome instanceof DatabaseError) return outcome;
  throw outcome;
}
