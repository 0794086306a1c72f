import type { Client } from 'pg';
import type { ErrorContext } from '../errors/error-context';
import { toDatabaseError } from '../errors/database-error';
import type { PreparedStatements } from './prepared-statements';
import type { Queryable, TextRow } from './queryable';

/** Runs one statement of our own on a client; see Queryable. */
export async function queryRows(
  client: Client,
  text: string,
  values: Parameters<Queryable['query']>[1] = [],
  context: Omit<ErrorContext, 'phase' | 'statement'> = {},
  prepared: PreparedStatements | null = null,
): Promise<readonly TextRow[]> {
  try {
    const result =
      prepared === null
        ? await client.query<TextRow>(text, [...values])
        : await prepared.run(client, text, values);
    return result.rows;
  } catch (error) {
    throw toDatabaseError(error, { ...context, phase: 'query', statement: text });
  }
}
