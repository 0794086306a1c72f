import { splitStatements } from '@shared/sql/statements';
import { DatabaseError } from '../../db/errors/database-error';

/**
 * The statements of a profile's start-up SQL, in order. Raises InvalidInput for what cannot be sent
 * to the server as it stands: commands of psql, and COPY with its rows.
 */
export function splitStartupSql(text: string): readonly string[] {
  return splitStatements(text).map((statement) => {
    if (statement.kind === 'sql') return statement.text;
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: 'startupSql',
      message:
        statement.kind === 'meta-command'
          ? `The start-up SQL holds a command of psql: ${statement.text}`
          : 'The start-up SQL holds COPY … FROM STDIN, which cannot be sent here.',
      advice:
        statement.kind === 'meta-command'
          ? statement.explanation
          : 'Keep to SET, SELECT and other plain statements.',
    });
  });
}
