import { z } from 'zod';
import type { CalledRoutine, StatementAnalysis } from '@shared/models/statement-analysis';
import type { Pool } from '../../../db/pool/pool';
import type { Queryable } from '../../../db/statements/queryable';
import { QueryValidator } from '../../query-validator';
import { dottedName } from '../../query-validator/relation-name';
import { Turn } from '../../../turn';
import { lookSomewhere, type LookPlace } from './look-before';

/** How long a run may wait for the catalog, in milliseconds. */
const patienceMs = 1_500;
/** Routines that call routines are followed this far. */
const maximumDepth = 4;
/** More names than these are not looked up. */
const maximumNames = 50;
/** Longer code is not examined: parsing keeps main busy. In bytes. */
const maximumLength = 64 * 1024;

/**
 * Only of SQL and PL/pgSQL can the code be read here. Which of several of one name is called depends on
 * the types of its arguments: all count.
 */
const query = `
SELECT asked.position,
       pg_catalog.bool_and(l.lanname IN ('internal', 'c')) AS is_compiled,
       pg_catalog.json_agg(pg_catalog.json_build_object(
           'definition', pg_catalog.pg_get_functiondef(p.oid), 'isVolatile', p.provolatile = 'v'))
         FILTER (WHERE l.lanname IN ('sql', 'plpgsql') AND p.prokind IN ('f', 'p')
           AND pg_catalog.octet_length(p.prosrc) <= ${maximumLength}) AS definitions
  FROM ROWS FROM (
    pg_catalog.unnest($1::pg_catalog.text[]),
    pg_catalog.unnest($2::pg_catalog.text[])) WITH ORDINALITY AS asked (schema, name, position)
  JOIN pg_catalog.pg_proc p ON p.proname = asked.name
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE CASE asked.schema WHEN '' THEN n.nspname = ANY (pg_catalog.current_schemas(true))
                         ELSE n.nspname = asked.schema END
 GROUP BY asked.position`;

const definitionSchema = z.object({ definition: z.string(), isVolatile: z.boolean() });

/** By pool, the names that stand for compiled code alone, such as that of an extension: nothing to read. */
const compiled = new WeakMap<Pool, Set<string>>();

const nameOf = ({ schema, name }: CalledRoutine): string => dottedName([schema ?? '', name]);

const keyOf = ({ schema, name }: CalledRoutine): string => JSON.stringify([schema, name]);

/** What routines do whose code could be read, by their names as they are written. */
export type ExaminedRoutines = ReadonlyMap<string, readonly StatementAnalysis[]>;

/**
 * What the routines do that statements call, the routines within them included: by the analysis of each
 * statement that calls one whose code could be read. None where the catalog cannot be asked. Never raises.
 */
export async function examineCalledRoutines(
  analyses: readonly StatementAnalysis[],
  place: LookPlace,
): Promise<ReadonlyMap<StatementAnalysis, ExaminedRoutines>> {
  const known = compiled.get(place.pool) ?? new Set<string>();
  compiled.set(place.pool, known);
  const calling = analyses.filter(({ routines = [] }) => routines.length > 0);
  const examined = new Map<string, readonly StatementAnalysis[]>();
  let wanted = unknownOf(await distinctCalls(calling), known, examined);
  if (wanted.length === 0 || place.session.transaction === 'failed') return new Map();
  await lookSomewhere(place, performance.now() + patienceMs, async (look: Queryable) => {
    for (let depth = 0; depth < maximumDepth && wanted.length > 0; depth += 1) {
      await examine(look, wanted, known, examined);
      const within = wanted.flatMap((routine) => examined.get(keyOf(routine)) ?? []);
      wanted = unknownOf(
        within.flatMap(({ routines = [] }) => routines),
        known,
        examined,
      );
    }
  });
  const reached = new Map<StatementAnalysis, ExaminedRoutines>();
  const turn = new Turn();
  for (const analysis of calling) {
    if (turn.isOver) await turn.pass();
    const routines = reachedBy(analysis, examined);
    if (routines.size > 0) reached.set(analysis, routines);
  }
  return reached;
}

/** The routines that a script calls, each once. */
async function distinctCalls(
  calling: readonly StatementAnalysis[],
): Promise<readonly CalledRoutine[]> {
  const calls = new Map<string, CalledRoutine>();
  const turn = new Turn();
  for (const { routines = [] } of calling) {
    if (turn.isOver) await turn.pass();
    for (const routine of routines) calls.set(keyOf(routine), routine);
  }
  return [...calls.values()];
}

function unknownOf(
  routines: readonly CalledRoutine[],
  known: ReadonlySet<string>,
  examined: ReadonlyMap<string, unknown>,
): readonly CalledRoutine[] {
  const unknown = new Map(routines.map((routine) => [keyOf(routine), routine]));
  for (const key of unknown.keys()) if (known.has(key) || examined.has(key)) unknown.delete(key);
  return [...unknown.values()].slice(0, maximumNames);
}

async function examine(
  look: Queryable,
  wanted: readonly CalledRoutine[],
  known: Set<string>,
  examined: Map<string, readonly StatementAnalysis[]>,
): Promise<void> {
  const rows = await look.query(query, [
    wanted.map(({ schema }) => schema ?? ''),
    wanted.map(({ name }) => name),
  ]);
  for (const routine of wanted) examined.set(keyOf(routine), []);
  for (const row of rows) {
    const routine = wanted[Number(row['position']) - 1];
    if (routine === undefined) continue;
    if (row['is_compiled'] === 't') known.add(keyOf(routine));
    const definitions = z.array(definitionSchema).parse(JSON.parse(row['definitions'] ?? '[]'));
    examined.set(
      keyOf(routine),
      definitions.map((found) => analysisOf(routine, found)),
    );
  }
}

function analysisOf(
  routine: CalledRoutine,
  { definition, isVolatile }: z.infer<typeof definitionSchema>,
): StatementAnalysis {
  const analysis = QueryValidator.analyseRoutine(nameOf(routine), definition);
  // The server refuses such statements in any other, though not what it calls (manual, 38.7).
  return isVolatile ? analysis : { ...analysis, writes: false, changesStructure: false };
}

/** What a statement reaches by its calls. */
function reachedBy(
  analysis: StatementAnalysis,
  examined: ReadonlyMap<string, readonly StatementAnalysis[]>,
): ExaminedRoutines {
  const reached = new Map<string, readonly StatementAnalysis[]>();
  const pending = [...(analysis.routines ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = examined.get(keyOf(next)) ?? [];
    if (found.length === 0 || reached.has(nameOf(next))) continue;
    reached.set(nameOf(next), found);
    pending.push(...found.flatMap(({ routines = [] }) => routines));
  }
  return reached;
}
