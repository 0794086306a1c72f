import type { RelationUse, Risk, StatementAnalysis } from '@shared/models/statement-analysis';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import type { Queryable } from '../../../db/statements/queryable';
import { Turn } from '../../../turn';
import { dottedName } from '../../query-validator/relation-name';
import { lookSomewhere, type LookPlace } from './look-before';

/** How long a run may wait for the catalog, in milliseconds. */
const patienceMs = 1_500;
/** More names than these are not looked up. */
const maximumNames = 1_000;

const megabyte = 1024 * 1024;

/**
 * From which size on others wait for more than a moment, in bytes: an index is built and a table
 * written anew at some 100 MB a second, and a scan reads some GB. It is a guess of the magnitude:
 * disks and caches differ.
 */
const limits: Readonly<Partial<Record<Risk['code'], number>>> = {
  'rewrites-table': 100 * megabyte,
  'blocks-others': 100 * megabyte,
  'scans-table': 1024 * megabyte,
};

/** Whether the work that a risk tells of takes long on a table of so many bytes. */
export function takesLong({ code, level }: Risk, bytes: number): boolean {
  const limit = limits[code];
  return level === 'notice' && limit !== undefined && bytes >= limit;
}

/**
 * What the tables take that are there and last, with their partitions and children; indexes apart. What
 * is temporary nobody else waits for. Waits for whoever holds an ACCESS EXCLUSIVE lock, so the session
 * needs a lock_timeout.
 */
const query = `
WITH RECURSIVE members (name, oid) AS (
  SELECT asked.name, pg_catalog.to_regclass(asked.name)::pg_catalog.oid
    FROM pg_catalog.unnest($1::pg_catalog.text[]) AS asked (name)
  UNION
  SELECT members.name, inherits.inhrelid
    FROM members JOIN pg_catalog.pg_inherits inherits ON inherits.inhparent = members.oid
)
SELECT members.name, pg_catalog.sum(pg_catalog.pg_table_size(c.oid)) AS bytes
  FROM members JOIN pg_catalog.pg_class c ON c.oid = members.oid
 WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
 GROUP BY members.name`;

/** Domains of which a new column is checked for every row: those with constraints, or on such a domain. */
const domainQuery = `
WITH RECURSIVE base (name, oid) AS (
  SELECT asked.name, pg_catalog.to_regtype(asked.name)::pg_catalog.oid
    FROM pg_catalog.unnest($1::pg_catalog.text[]) AS asked (name)
  UNION
  SELECT base.name, t.typbasetype
    FROM base JOIN pg_catalog.pg_type t ON t.oid = base.oid
   WHERE t.typtype = 'd'
)
SELECT DISTINCT base.name
  FROM base JOIN pg_catalog.pg_type t ON t.oid = base.oid
 WHERE t.typtype = 'd'
   AND (t.typnotnull OR EXISTS (
     SELECT FROM pg_catalog.pg_constraint con WHERE con.contypid = t.oid))`;

/**
 * The analyses of statements that make others wait for long, since what they alter is large, with the
 * risks to ask about. None where the server cannot be asked, or not in time: a question about each
 * CREATE INDEX would be answered without reading. Never raises.
 */
export async function findLongWork(
  analyses: readonly StatementAnalysis[],
  place: LookPlace,
): Promise<ReadonlyMap<StatementAnalysis, readonly Risk[]>> {
  const found = new Map<StatementAnalysis, readonly Risk[]>();
  const working = analyses.filter(
    ({ risks, addedTypes }) =>
      addedTypes !== undefined || risks.some((risk) => takesLong(risk, Infinity)),
  );
  if (working.length === 0 || place.session.transaction === 'failed') return found;
  const names = distinct(working.flatMap(alteredNames));
  const types = distinct(working.flatMap(({ addedTypes = [] }) => addedTypes.map(sqlName)));
  const bytes = new Map<string, number>();
  const domains = new Set<string>();
  await lookSomewhere(place, performance.now() + patienceMs, async (look: Queryable) => {
    for (const row of await look.query(query, [names])) {
      bytes.set(row['name'] ?? '', Number(row['bytes'] ?? 0));
    }
    if (types.length === 0) return;
    for (const row of await look.query(domainQuery, [types])) domains.add(row['name'] ?? '');
  });
  const turn = new Turn();
  for (const analysis of working) {
    if (turn.isOver) await turn.pass();
    const size = Math.max(0, ...alteredNames(analysis).map((name) => bytes.get(name) ?? 0));
    const own = (analysis.addedTypes ?? []).filter((type) => domains.has(sqlName(type)));
    const risks = [...analysis.risks, ...own.map((type) => domainRisk(type, analysis))].filter(
      (risk) => takesLong(risk, size),
    );
    if (risks.length > 0) found.set(analysis, risks.map(asked));
  }
  return found;
}

const asked = ({ code, reason, relation }: Risk): Risk => ({
  code,
  level: 'confirm',
  reason,
  ...(relation !== undefined && { relation }),
});

function domainRisk({ schema, name }: RelationName, { relations }: StatementAnalysis): Risk {
  const altered = relations.filter(({ role }) => role === 'alter');
  const tables = altered.map((table) => dottedName([table.schema ?? '', table.name])).join(', ');
  return {
    code: 'rewrites-table',
    level: 'notice',
    reason: `Adding a column of domain ${dottedName([schema ?? '', name])}, which has constraints, rewrites ${tables} while nobody else can read or write it.`,
  };
}

const distinct = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].slice(0, maximumNames);

const alteredNames = ({ relations }: StatementAnalysis): readonly string[] =>
  relations.filter(({ role }) => role === 'alter').map(sqlName);

type RelationName = Pick<RelationUse, 'schema' | 'name'>;

const sqlName = ({ schema, name }: RelationName): string =>
  schema === null ? quoteIdentifier(name) : qualifiedName(schema, name);
