import { DatabaseError } from '../../db/errors/database-error';

/** The error for a relation that is not (any more) where it was listed. */
export function relationGone(schema: string, table: string): DatabaseError {
  return new DatabaseError({
    kind: 'TableNotFound',
    message: `There is no relation "${table}" in schema "${schema}" (any more).`,
    advice: 'It may have been dropped, renamed or moved: refresh the schema.',
    schema,
    table,
  });
}
