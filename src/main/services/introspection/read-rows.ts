import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { DatabaseError } from '../../db/errors/database-error';
import type { Queryable, QueryOptions, TextRow } from '../../db/statements/queryable';
import { relationGone } from './relation-gone';

type Values = NonNullable<Parameters<Queryable['query']>[1]>;

/** What is converted and checked before other work gets its turn: about 2 ms. */
const rowsPerTurn = 2_000;

/**
 * Runs a catalog query of which each row is one object, converts the rows and checks every object
 * against `model`. Where something was dropped meanwhile it reads once more, which finds the rest.
 *
 * Raises the DatabaseError of the query; kind Internal when an object does not fit the model, which
 * is a defect of the query.
 */
export async function readRows<Model extends z.ZodType>(
  ...request: RowsRequest<Model>
): Promise<z.output<Model>[]> {
  try {
    return await readOnce(...request);
  } catch (error) {
    if (!mayHaveVanished(error)) throw error;
    return await readOnce(...request);
  }
}

type RowsRequest<Model extends z.ZodType> = readonly [
  db: Queryable,
  model: Model,
  convert: (row: TextRow) => unknown,
  text: string,
  values?: Values,
  options?: QueryOptions,
];

/**
 * Whether an error can come from an object that is no longer there. Rows of the catalog are of the
 * statement's snapshot, but the functions that print an index or look for a right see the present: for
 * what is gone they give NULL, which does not fit the model, or an internal error (XX000).
 */
function mayHaveVanished(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  return error.kind === 'Internal' || error.data.sqlState === 'XX000';
}

async function readOnce<Model extends z.ZodType>(
  ...[db, model, convert, text, values = [], options = {}]: RowsRequest<Model>
): Promise<z.output<Model>[]> {
  const rows = await db.query(text, values, options);
  const objects: z.output<Model>[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % rowsPerTurn === rowsPerTurn - 1) await setImmediate();
    const parsed = model.safeParse(convert(row));
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

/**
 * readRows for a query whose rows each hold their object as JSON text in the column `object`.
 *
 * The server writes the JSON: arrays, booleans and names with any character arrive without a parser
 * of array or composite literals, and values that a JavaScript number cannot hold are strings in it.
 * For long lists of scalars plain columns are a third faster.
 */
export function readObjects<Model extends z.ZodType>(
  db: Queryable,
  model: Model,
  text: string,
  values: Values = [],
  options: QueryOptions = {},
): Promise<z.output<Model>[]> {
  const parse = (row: TextRow): unknown => JSON.parse(row['object'] ?? 'null');
  return readRows(db, model, parse, text, values, options);
}

/**
 * readObjects for the one object about a relation, by a query of its schema and its name. Raises
 * DatabaseError of kind TableNotFound when there is no such relation (any more).
 */
export async function readRelation<Model extends z.ZodType>(
  db: Queryable,
  model: Model,
  text: string,
  [schema, table]: readonly [schema: string, table: string],
): Promise<z.output<Model>> {
  const [object] = await readObjects(db, model, text, [schema, table]);
  if (object === undefined) throw relationGone(schema, table);
  return object;
}

/** A boolean column: its output function writes t or f (manual, Boolean Type). */
export function isTrue(value: string | null | undefined): boolean | null {
  if (value === 't') return true;
  return value === 'f' ? false : null;
}
