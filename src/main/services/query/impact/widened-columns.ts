import type { RelationUse, StatementAnalysis, TextWidth } from '@shared/models/statement-analysis';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import type { Queryable } from '../../../db/statements/queryable';
import { lookSomewhere, type LookPlace } from './look-before';

/** How long a run may wait for the catalog, in milliseconds. */
const patienceMs = 1_500;
/** More columns than these are not looked up. */
const maximumColumns = 1_000;

/** Stands for text of any number of characters. */
const anyLength = 'any';

/**
 * Columns of which a change to text, or to varchar as long or longer, changes nothing that is stored: no
 * row is written or checked and no index is built (manual, ALTER TABLE, Notes; source,
 * ATColumnChangeRequiresRewrite and CheckIndexCompatible in the server). Left out is what may have more
 * to do: a collation of its own, which the change takes away; constraints on the column, which are
 * made anew; indexes on expressions or parts; partitions and children. 1043 is varchar, 25 text, and
 * 100 the default collation (pg_type.dat, pg_collation.dat); a varchar's modifier is its length and 4.
 */
const query = `
SELECT asked.number
  FROM ROWS FROM (
    pg_catalog.unnest($1::pg_catalog.text[]),
    pg_catalog.unnest($2::pg_catalog.text[]),
    pg_catalog.unnest($3::pg_catalog.text[])) WITH ORDINALITY AS asked (name, "column", most, number)
  JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(asked.name)::pg_catalog.oid
  JOIN pg_catalog.pg_attribute a
    ON a.attrelid = c.oid AND a.attname = asked."column" AND NOT a.attisdropped
 WHERE c.relkind = 'r' AND a.attcollation = '100'
   AND CASE asked.most WHEN '${anyLength}' THEN a.atttypid IN ('1043', '25')
         ELSE a.atttypid = '1043' AND a.atttypmod BETWEEN 4 AND asked.most::pg_catalog.int4 + 4 END
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid))
   AND NOT EXISTS (
     SELECT FROM pg_catalog.pg_constraint con
      WHERE con.contype IN ('c', 'f', 'x')
        AND (con.conrelid = c.oid AND a.attnum = ANY (con.conkey)
          OR con.confrelid = c.oid AND a.attnum = ANY (con.confkey)))
   AND NOT EXISTS (
     SELECT FROM pg_catalog.pg_index i
      WHERE i.indrelid = c.oid AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL))`;

/**
 * The reasons of risks that are none, by the analysis: a column only becomes wider. None where the
 * catalog cannot be asked, and behind a statement that may change what it says. Never raises.
 */
export async function findWidenedColumns(
  analyses: readonly StatementAnalysis[],
  place: LookPlace,
): Promise<ReadonlyMap<StatementAnalysis, ReadonlySet<string>>> {
  const widths = analyses.flatMap(({ textWidths = [] }) => textWidths).slice(0, maximumColumns);
  const found = new Map<StatementAnalysis, ReadonlySet<string>>();
  if (widths.length === 0 || place.session.transaction === 'failed') return found;
  const wider = new Set<TextWidth>();
  await lookSomewhere(place, performance.now() + patienceMs, async (look: Queryable) => {
    const rows = await look.query(query, [
      widths.map(({ table }) => sqlName(table)),
      widths.map(({ column }) => column),
      widths.map(({ mostCharacters }) => mostCharacters?.toString() ?? anyLength),
    ]);
    for (const row of rows) {
      const width = widths[Number(row['number']) - 1];
      if (width !== undefined) wider.add(width);
    }
  });
  for (const analysis of analyses) {
    const own = (analysis.textWidths ?? []).filter((width) => wider.has(width));
    if (own.length > 0) found.set(analysis, new Set(own.map(({ reason }) => reason)));
    const reasons = found.get(analysis);
    const onlyWidens = analysis.risks.every(({ reason }) => reasons?.has(reason) === true);
    if (mayChangeColumns(analysis) && !(onlyWidens && reasons !== undefined)) break;
  }
  return found;
}

/** Whether columns may be others than the catalog says once the statement has run. */
function mayChangeColumns(analysis: StatementAnalysis): boolean {
  const { changesStructure, changesSession, transactionControl, routines } = analysis;
  const undoes = transactionControl === 'rollback' || transactionControl === 'rollback-to';
  return changesStructure || changesSession || undoes || routines !== undefined;
}

const sqlName = ({ schema, name }: Pick<RelationUse, 'schema' | 'name'>): string =>
  schema === null ? quoteIdentifier(name) : qualifiedName(schema, name);
