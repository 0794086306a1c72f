import { setImmediate } from 'node:timers/promises';
import {
  objectKinds,
  type ObjectGroup,
  type ObjectKind,
  type ObjectRef,
} from '@shared/models/search';
import { patternOf, scatteredScore, scoreName, type Pattern } from '@shared/search/name-match';
import { BestEntries } from './best-entries';
import {
  columnKind,
  entriesOf,
  groups,
  objectOfEntry,
  origins,
  type SearchIndex,
} from './search-index';

/** What is searched for, and when to give up. */
export interface SearchQuery {
  readonly text: string;
  readonly group: ObjectGroup | null;
  readonly recent: readonly ObjectRef[];
}

/** Entries with their scores, best first; null when the search was given up. */
export interface FoundEntries {
  readonly best: readonly { readonly entry: number; readonly score: number }[];
  readonly total: number;
}

/** How many hits a search gives at most. */
const mostHits = 50;

/** Milliseconds of work after which other work of the process has its turn. */
const turnMs = 6;
/** Names and entries between two looks at the clock. */
const workPerLook = 2_048;

/** What is looked for less stands behind what is looked for more, where the names fit alike. */
const kindPenalty: Readonly<Record<ObjectKind, number>> = {
  schema: 8,
  table: 0,
  'partitioned table': 0,
  view: 2,
  'materialized view': 2,
  'foreign table': 2,
  sequence: 140,
  function: 30,
  procedure: 30,
  aggregate: 34,
  'window function': 34,
  type: 50,
  column: 130,
};
const penalties = objectKinds.map((kind) => kindPenalty[kind]);
/** By number of the origin. */
const originPenalties = [0, 150, 300];
const lockedPenalty = 20;
const recentBonus = 240;

/** The best entries for what was typed, in turns; null once `isGivenUp` says so. */
export async function searchNames(
  index: SearchIndex,
  { text, group, recent }: SearchQuery,
  isGivenUp: () => boolean,
): Promise<FoundEntries | null> {
  const recentEntries = entriesOf(index, recent);
  if (text.trim() === '' && group === null) {
    const best = recentEntries.map((entry) => ({ entry, score: 1 }));
    return { best, total: best.length };
  }
  const scorer = new EntryScorer(index, text, group);
  const best = new BestEntries(mostHits);
  let total = 0;
  let work = 0;
  let turn = performance.now();
  for (let name = 0; name < index.names.count; name += 1) {
    work += 1;
    const score = scorer.scoreOfName(name);
    if (score > 0) {
      const last = index.nameStarts[name + 1] ?? 0;
      for (let place = index.nameStarts[name] ?? last; place < last; place += 1) {
        work += 1;
        const entry = index.byName[place] ?? 0;
        const whole = scorer.scoreOfEntry(entry, score);
        if (whole === null) continue;
        total += 1;
        best.offer(entry, whole);
      }
    }
    if (work < workPerLook) continue;
    work = 0;
    if (performance.now() - turn < turnMs) continue;
    await setImmediate();
    if (isGivenUp()) return null;
    turn = performance.now();
  }
  for (const [rank, entry] of recentEntries.entries()) {
    const score = scorer.scoreOfName(index.nameIds[entry] ?? 0);
    const whole = score > 0 ? scorer.scoreOfEntry(entry, score) : null;
    if (whole !== null) best.raise(entry, whole + recentBonus - rank);
  }
  return { best: best.sorted(), total };
}

/** How well names and entries fit: the last part after a dot is the name, those before qualify it. */
class EntryScorer {
  readonly #index: SearchIndex;
  readonly #name: Pattern;
  /** Whether there is no name, only what qualifies it: then every name fits alike. */
  readonly #isEmpty: boolean;
  readonly #qualifiers: readonly Qualifier[];
  readonly #group: ObjectGroup | null;

  constructor(index: SearchIndex, text: string, group: ObjectGroup | null) {
    const parts = text.split('.').map((part) => part.trim());
    this.#index = index;
    this.#group = group;
    this.#name = patternOf(parts.at(-1) ?? '');
    this.#isEmpty = this.#name.units.length === 0;
    // Nearest first: of "schema.table.column" the table, then the schema.
    this.#qualifiers = parts
      .slice(0, -1)
      .reverse()
      .filter((part) => part !== '')
      .map((part) => new Qualifier(index, patternOf(part)));
  }

  /** 0 where the name does not fit. */
  scoreOfName(name: number): number {
    return scoreOf(this.#index, name, this.#name);
  }

  /** Null where the entry itself does not fit, whatever its name. */
  scoreOfEntry(entry: number, nameScore: number): number | null {
    const index = this.#index;
    const isColumn = entry >= index.objectCount;
    const object = objectOfEntry(index, entry);
    const kind = isColumn ? columnKind : (index.kinds[object] ?? 0);
    if (this.#group !== null && groups[kind] !== this.#group) return null;
    const origin = index.origins[object] ?? origins.own;
    // Scattered letters are found everywhere in the thousands of names that nobody here chose.
    if (origin !== origins.own && nameScore <= scatteredScore && !this.#isEmpty) return null;
    let score = nameScore;
    if (this.#qualifiers.length > 0) {
      const qualified = this.#qualifierScore(object, isColumn);
      if (qualified === 0) return null;
      score = nameScore * 0.7 + qualified * 0.3;
    }
    score -= penalties[kind] ?? 0;
    score -= originPenalties[origin] ?? 0;
    return index.usable[object] === 1 ? score : score - lockedPenalty;
  }

  #qualifierScore(object: number, isColumn: boolean): number {
    const { schemas, objectCount } = this.#index;
    const schema = schemas[object] ?? objectCount;
    const parents = isColumn ? [object, schema] : schema === object ? [] : [schema];
    if (this.#qualifiers.length > parents.length) return 0;
    let worst = Number.POSITIVE_INFINITY;
    for (const [place, qualifier] of this.#qualifiers.entries()) {
      worst = Math.min(worst, qualifier.scoreOf(parents[place] ?? 0));
    }
    return worst;
  }
}

/** A part before a dot; each name is compared with it once. */
class Qualifier {
  readonly #index: SearchIndex;
  readonly #pattern: Pattern;
  /** By number of the name: its score and one more; 0 where it was not compared yet. */
  readonly #scores: Uint16Array;

  constructor(index: SearchIndex, pattern: Pattern) {
    this.#index = index;
    this.#pattern = pattern;
    this.#scores = new Uint16Array(index.names.count);
  }

  scoreOf(entry: number): number {
    const name = this.#index.nameIds[entry] ?? 0;
    const known = this.#scores[name] ?? 0;
    if (known > 0) return known - 1;
    const score = scoreOf(this.#index, name, this.#pattern);
    this.#scores[name] = score + 1;
    return score;
  }
}

function scoreOf({ names }: SearchIndex, name: number, pattern: Pattern): number {
  if (((names.masks[name] ?? 0) & pattern.mask) !== pattern.mask) return 0;
  return scoreName(names, names.starts[name] ?? 0, names.starts[name + 1] ?? 0, pattern);
}
