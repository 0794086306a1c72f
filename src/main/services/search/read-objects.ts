import type { ObjectKind } from '@shared/models/search';
import type { Queryable } from '../../db/statements/queryable';
import { extensionOf } from '../introspection/extension-member';
import { isTrue } from '../introspection/read-rows';
import { listedRelationKinds, relationKind } from '../introspection/relation';

/** An object of the catalog as the index takes it. */
export interface CatalogObject {
  readonly kind: ObjectKind;
  readonly oid: number;
  readonly schemaOid: number;
  readonly name: string;
  readonly canUse: boolean;
  /** Whether it came with an extension. */
  readonly isOfExtension: boolean;
  /** A routine's. */
  readonly arguments: string | null;
  /** A relation's, by number: a dropped one has left its place. */
  readonly columns: readonly (string | null)[];
}

/** TOAST tables and the temporary objects of sessions are nothing that a person looks for. */
const searchedSchemas = `n.nspname <> 'pg_toast'
  AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_temp_')
  AND NOT pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_toast_temp_')`;

const schemasQuery = `
  SELECT 'schema' AS kind, n.oid, n.oid AS schema, n.nspname AS name,
         COALESCE(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false) AS usable
    FROM pg_catalog.pg_namespace n
   WHERE ${searchedSchemas}
   ORDER BY n.nspname`;

/** One row for each relation: a catalog of 400,000 columns is 20,000 rows. */
const relationsQuery = `
  SELECT ${relationKind('c.relkind')} AS kind,
         c.oid, c.relnamespace AS schema, c.relname AS name,
         COALESCE(pg_catalog.has_any_column_privilege(c.oid, 'SELECT'), false) AS usable,
         CASE WHEN c.relkind <> 'S' THEN pg_catalog.array_to_json(ARRAY(
           SELECT CASE WHEN NOT a.attisdropped THEN a.attname END
             FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0
            ORDER BY a.attnum)) END AS columns
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE ${listedRelationKinds} AND ${searchedSchemas}
   ORDER BY n.nspname, c.relname`;

const routinesQuery = `
  SELECT CASE p.prokind
           WHEN 'f' THEN 'function'
           WHEN 'p' THEN 'procedure'
           WHEN 'a' THEN 'aggregate'
           WHEN 'w' THEN 'window function'
         END AS kind,
         p.oid, p.pronamespace AS schema, p.proname AS name,
         COALESCE(pg_catalog.has_function_privilege(p.oid, 'EXECUTE'), false) AS usable,
         pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
         ${extensionOf('pg_proc', 'p.oid')} IS NOT NULL AS extension
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   WHERE ${searchedSchemas}
   ORDER BY n.nspname, p.proname`;

/** The types that listDataTypes lists: made as such, no array types and row types of tables. */
const typesQuery = `
  SELECT 'type' AS kind, t.oid, t.typnamespace AS schema, t.typname AS name,
         COALESCE(pg_catalog.has_type_privilege(t.oid, 'USAGE'), false) AS usable,
         ${extensionOf('pg_type', 't.oid')} IS NOT NULL AS extension
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    LEFT JOIN pg_catalog.pg_type element ON element.oid = t.typelem
   WHERE t.typtype IN ('e', 'c', 'd', 'r', 'b')
     AND (t.typrelid = '0' OR c.relkind = 'c')
     AND (element.oid IS NULL OR element.typarray <> t.oid)
     AND ${searchedSchemas}
   ORDER BY n.nspname, t.typname`;

/** Reads what can be searched for, schemas first, one query after another. Raises DatabaseError. */
export async function* readCatalogObjects(db: Queryable): AsyncGenerator<CatalogObject> {
  for (const query of [schemasQuery, relationsQuery, routinesQuery, typesQuery]) {
    for (const row of await db.query(query)) {
      yield {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the queries above write the kinds themselves
        kind: row['kind'] as ObjectKind,
        oid: Number(row['oid']),
        schemaOid: Number(row['schema']),
        name: row['name'] ?? '',
        canUse: isTrue(row['usable']) === true,
        isOfExtension: isTrue(row['extension']) === true,
        arguments: row['arguments'] ?? null,
        columns: columnsOf(row['columns']),
      };
    }
  }
}

function columnsOf(json: string | null | undefined): readonly (string | null)[] {
  if (json === null || json === undefined) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- array_to_json of an array of names
  return JSON.parse(json) as (string | null)[];
}
