import type { Queryable } from '../../../db/statements/queryable';
import { explainLock } from '../lock-limit';
import { readRelation } from '../read-rows';
import { relationDefinition } from './relation-definition';
import { relationFactsSchema } from './relation-facts';
import { relationFactsQuery } from './relation-facts-query';

/**
 * The statements that make a relation with everything that belongs to it, owner and rights included;
 * null for a sequence. Raises DatabaseError of kind TableNotFound when there is no such relation (any
 * more), of kind LockNotAvailable after 1 s when another session keeps it locked exclusively. As with
 * getTableInfo, `db` must not be inside a transaction that matters.
 */
export async function getRelationDefinition(
  db: Queryable,
  schema: string,
  table: string,
): Promise<string | null> {
  try {
    const place = [schema, table] as const;
    return relationDefinition(
      await readRelation(db, relationFactsSchema, relationFactsQuery, place),
    );
  } catch (error) {
    throw explainLock(error);
  }
}
