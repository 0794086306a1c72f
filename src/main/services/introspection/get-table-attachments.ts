import { tableAttachmentsSchema, type TableAttachments } from '@shared/models/table-attachments';
import type { Queryable } from '../../db/statements/queryable';
import { defaultLockTimeoutMs, explainLock, withLockLimit } from './lock-limit';
import { noSearchPath } from './no-search-path';
import { readRelation } from './read-rows';
import { namedRelation } from './relation';
import { tablePolicies } from './table-policies';
import { tableRules } from './table-rules';
import { tableTriggerDetails } from './table-triggers';

const tableAttachmentsQuery = `
  ${withLockLimit(`'${defaultLockTimeoutMs}'`)}, ${noSearchPath}
  SELECT pg_catalog.json_build_object(
           'triggers', ${tableTriggerDetails},
           'rules', ${tableRules},
           'policies', ${tablePolicies},
           'isRowSecurityEnabled', c.relrowsecurity,
           'isRowSecurityForced', c.relforcerowsecurity
         )::pg_catalog.text AS object
    FROM lock_limit
    CROSS JOIN no_path
    CROSS JOIN pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
   WHERE ${namedRelation}`;

/**
 * The triggers, rules and row security policies of a relation, in one round trip.
 * Raises DatabaseError of kind TableNotFound when there is no such relation (any more), of kind
 * LockNotAvailable after 1 s when another session keeps it locked exclusively. As with getTableInfo,
 * `db` must not be inside a transaction that matters.
 */
export async function getTableAttachments(
  db: Queryable,
  schema: string,
  table: string,
): Promise<TableAttachments> {
  try {
    return await readRelation(db, tableAttachmentsSchema, tableAttachmentsQuery, [schema, table]);
  } catch (error) {
    throw explainLock(error);
  }
}
