import { tableInfoSchema, type TableInfo } from '@shared/models/table';
import { DatabaseError } from '../../db/errors';
import type { Queryable } from '../../db/queryable';
import { readObjects } from './read-objects';
import { listedRelationKinds, relationJoins, relationObject } from './relation';
import { tableChecks } from './table-checks';
import { tableColumns } from './table-columns';
import { tableForeignKeys, tableReferencedBy } from './table-foreign-keys';
import { tableIndexes } from './table-indexes';
import { tablePartitions } from './table-partitions';
import { tableSize } from './table-size';
import { tableTriggers } from './table-triggers';

/**
 * One statement, and so one round trip and one snapshot for all parts.
 *
 * The functions that print a view's query or read a size wait for a relation that another session
 * has locked exclusively, for as long as that session likes: the lock_timeout, set for this
 * statement's own transaction, ends that. It takes effect at once, since the parts are computed only
 * after the join has read the row of `lock_limit`.
 */
const tableInfoQuery = `
  WITH lock_limit AS MATERIALIZED (
    SELECT pg_catalog.set_config('lock_timeout', '3s', true)
  )
  SELECT pg_catalog.json_build_object(
           'table', ${relationObject},
           'columns', ${tableColumns},
           'indexes', ${tableIndexes},
           'foreignKeys', ${tableForeignKeys},
           'referencedBy', ${tableReferencedBy},
           'checks', ${tableChecks},
           'triggers', ${tableTriggers},
           'partitions', ${tablePartitions},
           'viewDefinition', CASE WHEN c.relkind IN ('v', 'm')
             THEN pg_catalog.pg_get_viewdef(c.oid, true) END,
           'size', ${tableSize}
         )::pg_catalog.text AS object
    FROM lock_limit
    CROSS JOIN pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
   WHERE n.nspname = $1::pg_catalog.text
     AND c.relname = $2::pg_catalog.text
     AND ${listedRelationKinds}`;

/**
 * Everything about one relation. Needs no right on it beyond the catalog's.
 *
 * `db` must not be inside a transaction that matters: the statement sets lock_timeout until the end
 * of its transaction, and a wait that is too long aborts it.
 *
 * Raises DatabaseError of kind TableNotFound when there is no such relation (any more), of kind
 * LockNotAvailable when another session keeps it locked exclusively for more than 3 s.
 */
export async function getTableInfo(
  db: Queryable,
  schema: string,
  table: string,
): Promise<TableInfo> {
  const read = (): Promise<TableInfo[]> =>
    readObjects(db, tableInfoSchema, tableInfoQuery, [schema, table]);
  let found: TableInfo[];
  try {
    found = await read();
  } catch (error) {
    // An object that is dropped while the server prints it gives an internal error of the cache.
    // The statement only reads: a second look says whether the relation itself is gone.
    if (!(error instanceof DatabaseError) || error.data.sqlState !== 'XX000') throw error;
    found = await read();
  }
  const info = found[0];
  if (info === undefined) {
    throw new DatabaseError({
      kind: 'TableNotFound',
      message: `There is no relation "${table}" in schema "${schema}" (any more).`,
      advice: 'It may have been dropped, renamed or moved: refresh the schema.',
      schema,
      table,
    });
  }
  return info;
}
