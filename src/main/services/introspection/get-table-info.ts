import { tableInfoSchema, type TableInfo } from '@shared/models/table';
import type { Queryable } from '../../db/statements/queryable';
import { defaultLockTimeoutMs, explainLock, withLockLimit } from './lock-limit';
import { readObjects } from './read-rows';
import { namedRelation, relationJoins, relationObject } from './relation';
import { relationGone } from './relation-gone';
import { tableChecks } from './table-checks';
import { tableColumns } from './table-columns';
import { tableConstraints } from './table-constraints';
import { tableForeignKeys, tableReferencedBy } from './table-foreign-keys';
import { tableIndexes } from './table-indexes';
import { tableInheritsFrom } from './table-inheritance';
import { tablePartitions } from './table-partitions';
import { tableSize } from './table-size';
import { tableStatistics } from './table-statistics';
import { tableTriggers } from './table-triggers';

/** One statement, and so one round trip and one snapshot for all parts. */
const tableInfoQuery = `
  ${withLockLimit('$3::pg_catalog.text')}
  SELECT pg_catalog.json_build_object(
           'table', ${relationObject},
           'columns', ${tableColumns},
           'indexes', ${tableIndexes},
           'foreignKeys', ${tableForeignKeys},
           'referencedBy', ${tableReferencedBy},
           'constraints', ${tableConstraints},
           'checks', ${tableChecks},
           'statistics', ${tableStatistics},
           'triggers', ${tableTriggers},
           'partitions', ${tablePartitions},
           'partitionKey', CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
           'inheritsFrom', ${tableInheritsFrom},
           'viewDefinition', CASE WHEN c.relkind IN ('v', 'm')
             THEN pg_catalog.pg_get_viewdef(c.oid, true) END,
           'size', ${tableSize}
         )::pg_catalog.text AS object
    FROM lock_limit
    CROSS JOIN pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
   WHERE ${namedRelation}`;

/**
 * Everything about one relation. Needs no right on it beyond the catalog's. `lockTimeoutMs` is how
 * long to wait for a relation that another session has locked exclusively.
 *
 * `db` must not be inside a transaction that matters: the statement sets lock_timeout until the end
 * of its transaction, and a wait that is too long aborts it.
 *
 * Raises DatabaseError of kind TableNotFound when there is no such relation (any more), of kind
 * LockNotAvailable when the wait for a lock was too long.
 */
export async function getTableInfo(
  db: Queryable,
  schema: string,
  table: string,
  { lockTimeoutMs = defaultLockTimeoutMs }: { readonly lockTimeoutMs?: number } = {},
): Promise<TableInfo> {
  const read = async (): Promise<TableInfo | undefined> => {
    const values = [schema, table, String(lockTimeoutMs)];
    // The server takes three times as long to plan it as to run it.
    const options = { isRepeated: true };
    return (await readObjects(db, tableInfoSchema, tableInfoQuery, values, options))[0];
  };
  try {
    const first = await read();
    // A table without a size has no file any more: a second look says whether it is gone.
    const info = first !== undefined && lacksFile(first) ? await read() : first;
    if (info !== undefined) return info;
  } catch (error) {
    throw explainLock(error);
  }
  throw relationGone(schema, table);
}

function lacksFile({ size, table }: TableInfo): boolean {
  return size === null && ['table', 'materialized view', 'sequence'].includes(table.kind);
}
