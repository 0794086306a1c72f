import { z } from 'zod';
import { DatabaseError } from '../../db/errors';
import type { Queryable } from '../../db/queryable';

/**
 * Runs a catalog query whose rows each hold one object as JSON text in the column `object`, and
 * checks every object against `model`.
 *
 * The server writes the JSON: arrays, booleans and names with any character arrive without a parser
 * of array or composite literals, and values that a JavaScript number cannot hold are strings in it.
 *
 * Raises the DatabaseError of the query; kind Internal when an object does not fit the model, which
 * is a defect of the query.
 */
export async function readObjects<Model extends z.ZodType>(
  db: Queryable,
  model: Model,
  text: string,
  values: readonly (string | number | boolean | null | readonly string[])[] = [],
): Promise<z.output<Model>[]> {
  const rows = await db.query(text, values);
  const objects: z.output<Model>[] = [];
  for (const row of rows) {
    const parsed = model.safeParse(JSON.parse(row['object'] ?? 'null'));
    if (!parsed.success) {
      throw new DatabaseError(
        {
          kind: 'Internal',
          message: `The server's catalog held something unexpected: ${z.prettifyError(parsed.error)}`,
          advice: 'Report this together with the version of the server.',
        },
        { cause: parsed.error },
      );
    }
    objects.push(parsed.data);
  }
  return objects;
}
