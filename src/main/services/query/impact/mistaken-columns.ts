import type { RelationUse, Risk, StatementAnalysis } from '@shared/models/statement-analysis';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import type { Queryable } from '../../../db/statements/queryable';
import { dottedName } from '../../query-validator/relation-name';
import { Turn } from '../../../turn';
import { lookSomewhere, type LookPlace } from './look-before';

/** How long a run may wait for the catalog, in milliseconds. */
const patienceMs = 1_500;

type Relation = Pick<RelationUse, 'schema' | 'name'>;

type Question = readonly [Relation, column: string];

interface Column {
  /** Null where there is no such relation (yet). */
  readonly exists: boolean | null;
  readonly isNeverNull: boolean;
}

/** What the catalog knows of a column. */
type Lookup = (relation: Relation, column: string) => Column;

const query = `
SELECT asked.name, asked."column", found.oid IS NOT NULL AS is_known,
       a.attnum IS NOT NULL AS exists, coalesce(a.attnotnull, false) AS is_never_null
  FROM ROWS FROM (
    pg_catalog.unnest($1::pg_catalog.text[]),
    pg_catalog.unnest($2::pg_catalog.text[])) AS asked (name, "column")
 CROSS JOIN LATERAL pg_catalog.to_regclass(asked.name) AS found (oid)
  LEFT JOIN pg_catalog.pg_attribute a
    ON a.attrelid = found.oid::pg_catalog.oid AND a.attname = asked."column" AND NOT a.attisdropped`;

/**
 * Finds conditions whose columns are not what whoever wrote them meant: a subquery that gives a column
 * which what it reads does not have, as `WHERE id IN (SELECT id FROM b)` where b has no id, so that
 * every row fits; a condition with columns of subqueries only, which takes all rows or none; and
 * IS NOT NULL of a column that never is. One risk at most for each analysis; none where the catalog
 * cannot be asked. Never raises.
 */
export async function findMistakenColumns(
  analyses: readonly StatementAnalysis[],
  place: LookPlace,
): Promise<ReadonlyMap<StatementAnalysis, Risk>> {
  const risks = new Map<StatementAnalysis, Risk>();
  const asked = await distinctQuestions(analyses);
  if (asked.length === 0 || place.session.transaction === 'failed') return risks;
  const lookup = await answersTo(asked, place);
  const turn = new Turn();
  for (const analysis of analyses) {
    if (turn.isOver) await turn.pass();
    const risk =
      outerColumn(analysis, lookup) ??
      innerColumns(analysis, lookup) ??
      neverNullColumns(analysis, lookup);
    if (risk !== null) risks.set(analysis, risk);
  }
  return risks;
}

/** What the catalog says; of what it could not be asked nothing is known. */
async function answersTo(asked: readonly Question[], place: LookPlace): Promise<Lookup> {
  const answers = new Map<string, Column>();
  await lookSomewhere(place, performance.now() + patienceMs, async (look: Queryable) => {
    const rows = await look.query(query, [
      asked.map(([relation]) => sqlName(relation)),
      asked.map(([, column]) => column),
    ]);
    for (const row of rows) {
      answers.set(keyOf(row['name'] ?? '', row['column'] ?? ''), {
        exists: row['is_known'] === 't' ? row['exists'] === 't' : null,
        isNeverNull: row['is_never_null'] === 't',
      });
    }
  });
  return (relation, column) =>
    answers.get(keyOf(sqlName(relation), column)) ?? { exists: null, isNeverNull: false };
}

/** What has to be known of a script, each question once. */
async function distinctQuestions(
  analyses: readonly StatementAnalysis[],
): Promise<readonly Question[]> {
  const questions = new Map<string, Question>();
  const turn = new Turn();
  for (const analysis of analyses) {
    if (turn.isOver) await turn.pass();
    for (const question of questionsOf(analysis)) {
      const [relation, column] = question;
      questions.set(keyOf(sqlName(relation), column), question);
    }
  }
  return [...questions.values()];
}

/** What has to be known of an analysis: which of these relations have which column. */
function questionsOf({
  subqueryColumns = [],
  innerConditions = [],
  nullConditions = [],
  relations,
}: StatementAnalysis): readonly Question[] {
  return [
    ...subqueryColumns.flatMap(({ name, relations: inner }) =>
      [...inner, ...relations].map((relation) => [relation, name] as const),
    ),
    ...innerConditions.flatMap(({ columns }) =>
      columns.flatMap((column) => relations.map((relation) => [relation, column] as const)),
    ),
    ...nullConditions.flatMap(({ target, columns }) =>
      columns.map((column) => [target, column] as const),
    ),
  ];
}

function outerColumn(
  { subqueryColumns = [], relations }: StatementAnalysis,
  lookup: Lookup,
): Risk | null {
  const found = subqueryColumns.find(
    ({ name, relations: inner }) =>
      inner.every((relation) => lookup(relation, name).exists === false) &&
      relations.some((relation) => lookup(relation, name).exists === true),
  );
  if (found === undefined) return null;
  const column = dottedName([found.name]);
  const tables = found.relations.map(({ schema, name }) => dottedName([schema ?? '', name]));
  const none =
    tables.length === 1 ? `${tables.join()} has no` : `None of ${tables.join(', ')} has a`;
  return {
    code: 'condition-misses-target',
    level: 'confirm',
    reason: `${none} column ${column}: the subquery takes ${column} from the row around it, and may choose every row.`,
  };
}

function innerColumns(
  { innerConditions = [], relations }: StatementAnalysis,
  lookup: Lookup,
): Risk | null {
  const read = relations.filter(({ role }) => role === 'read');
  const found = innerConditions.find(({ columns }) =>
    columns.every((column) => read.some((relation) => lookup(relation, column).exists === true)),
  );
  if (found === undefined) return null;
  const names = found.columns.map((column) => dottedName([column])).join(', ');
  const are = found.columns.length === 1 ? 'is a column' : 'are columns';
  return {
    code: 'condition-misses-target',
    level: 'confirm',
    reason: `${found.effect} every row of ${found.target} or none: ${names} ${are} of what the subquery reads.`,
  };
}

function neverNullColumns({ nullConditions = [] }: StatementAnalysis, lookup: Lookup): Risk | null {
  const found = nullConditions.find(({ target, columns }) =>
    columns.every((column) => lookup(target, column).isNeverNull),
  );
  if (found === undefined) return null;
  const { code, effect, target, columns } = found;
  const relation = dottedName([target.schema ?? '', target.name]);
  const names = columns.map((column) => dottedName([column])).join(', ');
  return {
    code,
    level: 'confirm',
    reason: `${effect} every row of ${relation}: ${names} ${columns.length === 1 ? 'is' : 'are'} never NULL.`,
    relation,
  };
}

const keyOf = (name: string, column: string): string => JSON.stringify([name, column]);

const sqlName = ({ schema, name }: Relation): string =>
  schema === null ? quoteIdentifier(name) : qualifiedName(schema, name);
