import type { ColumnSource } from '@shared/models/column-source';
import type { ResultColumn } from '@shared/models/query-result';
import type { Pool } from '../../../db/pool/pool';

/** How long the question waits for a session, in milliseconds: nobody waits for the answer. */
const patienceMs = 2_000;

/**
 * Where the columns of a result come from, in one round trip; null for an expression, and for a
 * relation that no other session sees yet. Raises DatabaseError.
 */
export async function columnSources(
  pool: Pool,
  columns: readonly Pick<ResultColumn, 'tableOid' | 'tableColumn'>[],
): Promise<(ColumnSource | null)[]> {
  const rows = await pool.query(
    `SELECT wanted.place, n.nspname AS schema, c.relname AS table, a.attname AS column,
            CASE WHEN c.relkind <> 'v' THEN a.attnotnull OR t.typnotnull END AS "notNull",
            a.attgenerated <> '' AS "isGenerated", a.attidentity = 'a' AS "isIdentityAlways",
            pg_catalog.col_description(a.attrelid, a.attnum) AS comment
       FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]))
            WITH ORDINALITY AS wanted (oid, number, place)
       JOIN pg_catalog.pg_attribute a
            ON a.attrelid = wanted.oid::pg_catalog.oid AND a.attnum = wanted.number::pg_catalog.int2
       JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_catalog.pg_type t ON t.oid = a.atttypid`,
    [
      columns.map(({ tableOid }) => String(tableOid)),
      columns.map(({ tableColumn }) => String(tableColumn)),
    ],
    { holder: 'columns of a result', signal: AbortSignal.timeout(patienceMs) },
  );
  const byPlace = new Map(rows.map((row) => [Number(row['place']), row]));
  return columns.map((_, index) => {
    const row = byPlace.get(index + 1);
    if (row === undefined) return null;
    const notNull = row['notNull'] ?? null;
    return {
      schema: row['schema'] ?? '',
      table: row['table'] ?? '',
      column: row['column'] ?? '',
      notNull: notNull === null ? null : notNull === 't',
      isGenerated: row['isGenerated'] === 't',
      isIdentityAlways: row['isIdentityAlways'] === 't',
      comment: row['comment'] ?? null,
    };
  });
}
