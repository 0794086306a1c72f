import type { Queryable } from '../../../db/statements/queryable';

/** An object as pg_depend names it. */
export interface ObjectAddress {
  /** The catalog that it is a row of, for example "pg_class". */
  readonly catalog: string;
  readonly oid: string;
  /** The number of a column, 0 for the whole. */
  readonly column: string;
}

const named = (catalog: string, column: string): readonly [string, string] => [
  catalog,
  `(SELECT oid FROM pg_catalog.${catalog} WHERE ${column} = $1)`,
];

/** The catalog of each class of objects, and what finds one by $1, as lookupName writes its name. */
const lookups = {
  schema: named('pg_namespace', 'nspname'),
  extension: named('pg_extension', 'extname'),
  server: named('pg_foreign_server', 'srvname'),
  wrapper: named('pg_foreign_data_wrapper', 'fdwname'),
  language: named('pg_language', 'lanname'),
  database: named('pg_database', 'datname'),
  type: ['pg_type', 'pg_catalog.to_regtype($1)'],
  collation: ['pg_collation', 'pg_catalog.to_regcollation($1)'],
  routine: ['pg_proc', 'pg_catalog.to_regprocedure($1)'],
  /** Without its arguments, where no other has the name. */
  'routine-name': ['pg_proc', 'pg_catalog.to_regproc($1)'],
} as const satisfies Record<string, readonly [string, string]>;

/** A class of objects that have names of their own. */
export type ObjectClass = keyof typeof lookups;

/**
 * The object of this name; null when there is none. Names in schemas are given as SQL would write
 * them, others as they are. Raises DatabaseError.
 */
export async function findObject(
  db: Queryable,
  objectClass: ObjectClass,
  name: string,
): Promise<ObjectAddress | null> {
  const [catalog, expression] = lookups[objectClass];
  const [row] = await db.query(`SELECT ${expression}::pg_catalog.oid AS oid`, [name]);
  const oid = row?.['oid'];
  return oid == null ? null : { catalog, oid, column: '0' };
}

/** A part of a relation that has dependents of its own. */
export interface RelationPart {
  readonly kind: 'column' | 'constraint';
  readonly name: string;
}

/** A part of the relation with this oid; null when it has none of this name. Raises DatabaseError. */
export async function findPart(
  db: Queryable,
  relation: string,
  { kind, name }: RelationPart,
): Promise<ObjectAddress | null> {
  const [row] = await db.query(
    kind === 'column'
      ? `SELECT attrelid AS oid, attnum AS number FROM pg_catalog.pg_attribute
          WHERE attrelid = $1::pg_catalog.oid AND attname = $2 AND attnum > 0`
      : `SELECT oid, 0 AS number FROM pg_catalog.pg_constraint
          WHERE conrelid = $1::pg_catalog.oid AND conname = $2`,
    [relation, name],
  );
  const oid = row?.['oid'];
  if (oid == null) return null;
  const catalog = kind === 'column' ? 'pg_class' : 'pg_constraint';
  return { catalog, oid, column: row?.['number'] ?? '0' };
}
