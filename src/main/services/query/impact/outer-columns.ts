import type { RelationUse, Risk, StatementAnalysis } from '@shared/models/statement-analysis';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import type { Queryable } from '../../../db/queryable';
import { dottedName } from '../../query-validator/relation-name';
import { lookSomewhere, type LookPlace } from './look-before';

/** How long a run may wait for the catalog, in milliseconds. */
const patienceMs = 1_500;

/** Nothing is said of what is not found: a relation that an earlier statement is yet to make, say. */
const query = `
SELECT asked.position
  FROM ROWS FROM (
    pg_catalog.unnest($1::pg_catalog.text[]),
    pg_catalog.unnest($2::pg_catalog.text[]),
    pg_catalog.unnest($3::pg_catalog.text[]),
    pg_catalog.unnest($4::pg_catalog.text[])) AS asked (position, place, relation, name)
 CROSS JOIN LATERAL pg_catalog.to_regclass(asked.relation) AS found (oid)
 CROSS JOIN LATERAL (
   SELECT pg_catalog.count(*) > 0 AS is_there
     FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = found.oid::pg_catalog.oid AND a.attname = asked.name AND NOT a.attisdropped
 ) AS "column"
 GROUP BY asked.position
HAVING pg_catalog.bool_and(asked.place = 'outside' OR found.oid IS NOT NULL)
   AND NOT pg_catalog.bool_or(asked.place = 'inside' AND "column".is_there)
   AND pg_catalog.bool_or(asked.place = 'outside' AND "column".is_there)`;

/**
 * Finds subqueries that give a column which what they read does not have, so that the server takes it
 * from the row outside: `WHERE id IN (SELECT id FROM b)`, where b has no id, holds for every row.
 * One risk at most for each analysis, in order; none where the catalog cannot be asked. Never raises.
 */
export async function findOuterColumns(
  analyses: readonly StatementAnalysis[],
  place: LookPlace,
): Promise<ReadonlyMap<StatementAnalysis, Risk>> {
  const found = new Map<StatementAnalysis, Risk>();
  const columns = analyses.flatMap((analysis) =>
    (analysis.subqueryColumns ?? []).map((column) => ({ analysis, column })),
  );
  if (columns.length === 0 || place.session.transaction === 'failed') return found;
  const asked = columns.flatMap(({ analysis, column }, position) => [
    ...column.relations.map((relation) => ['inside', relation, position, column.name] as const),
    ...analysis.relations.map((relation) => ['outside', relation, position, column.name] as const),
  ]);
  await lookSomewhere(place, performance.now() + patienceMs, async (look: Queryable) => {
    const rows = await look.query(query, [
      asked.map(([, , position]) => String(position)),
      asked.map(([where]) => where),
      asked.map(([, relation]) => sqlName(relation)),
      asked.map(([, , , name]) => name),
    ]);
    for (const { position } of rows) {
      const entry = columns[Number(position)];
      if (entry !== undefined) found.set(entry.analysis, riskOf(entry.column));
    }
  });
  return found;
}

type Name = Pick<RelationUse, 'schema' | 'name'>;

const sqlName = ({ schema, name }: Name): string =>
  schema === null ? quoteIdentifier(name) : qualifiedName(schema, name);

function riskOf({
  name,
  relations,
}: NonNullable<StatementAnalysis['subqueryColumns']>[number]): Risk {
  const column = dottedName([name]);
  const tables = relations.map((relation) => dottedName([relation.schema ?? '', relation.name]));
  const none =
    tables.length === 1 ? `${tables.join()} has no` : `None of ${tables.join(', ')} has a`;
  return {
    code: 'condition-misses-target',
    level: 'confirm',
    reason: `${none} column ${column}: the subquery takes ${column} from the row around it, and may choose every row.`,
  };
}
