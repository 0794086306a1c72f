import { setImmediate } from 'node:timers/promises';
import type { ObjectGroup, ObjectRef } from '@shared/models/search';
import { patternOf, type Pattern } from '@shared/search/name-match';
import { BestEntries } from './best-entries';
import { EntryScorer } from './entry-scorer';
import { nameParts } from './name-parts';
import { entriesOf, type SearchIndex } from './search-index';

/** What is searched for, and when to give up. */
export interface SearchQuery {
  readonly text: string;
  readonly group: ObjectGroup | null;
  readonly recent: readonly ObjectRef[];
}

/** Entries with their scores, best first. */
export interface FoundEntries {
  /** What their names were compared with. */
  readonly name: Pattern;
  readonly best: readonly { readonly entry: number; readonly score: number }[];
  readonly total: number;
}

/** How many hits a search gives at most. */
const mostHits = 50;

/** Milliseconds of work after which other work of the process has its turn. */
const turnMs = 6;
/** About as many names or entries are compared between two looks at the clock. */
const workPerLook = 2_048;

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
    return { name: patternOf(''), best, total: best.length };
  }
  const parts = nameParts(text);
  const search = (name: readonly string[]): Promise<FoundEntries | null> =>
    searchWith(index, new EntryScorer(index, name, group), recentEntries, isGivenUp);
  const found = await search(parts);
  // A name may have dots and quotes of its own.
  return found?.total === 0 && parts.length > 1 ? search([text.trim()]) : found;
}

async function searchWith(
  index: SearchIndex,
  scorer: EntryScorer,
  recentEntries: readonly number[],
  isGivenUp: () => boolean,
): Promise<FoundEntries | null> {
  const best = new BestEntries(mostHits);
  let total = 0;
  let turn = performance.now();
  const parts = scorer.isQualified ? qualifiedEntries(index, scorer) : namedEntries(index, scorer);
  for (const count of parts(best)) {
    total += count;
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
  return { name: scorer.name, best: best.sorted(), total };
}

/** Offers entries to the best, a part at a time; each step gives how many of its part fit. */
type Offering = (best: BestEntries) => Iterable<number>;

/** Name by name: a name that fits is compared once for all its entries. */
function namedEntries(index: SearchIndex, scorer: EntryScorer): Offering {
  const { names, nameStarts, byName, ownNames } = index;
  return function* offer(best) {
    let count = 0;
    let work = 0;
    for (let name = 0; name < names.count; name += 1) {
      work += 1;
      if (scorer.fits(name)) {
        const first = nameStarts[name] ?? 0;
        const last = nameStarts[name + 1] ?? first;
        const isCounted = scorer.countsByName && ownNames[name] === 1;
        if (isCounted && scorer.boundOf(name) < best.threshold) {
          // None of them is among the best: they are only counted.
          count += last - first;
        } else {
          work += last - first;
          const score = scorer.scoreOfName(name);
          for (let place = first; place < last; place += 1) {
            const entry = byName[place] ?? 0;
            const whole = scorer.scoreOfEntry(entry, score);
            if (whole === null) continue;
            count += 1;
            best.offer(entry, whole);
          }
        }
      }
      if (work < workPerLook) continue;
      yield count;
      count = 0;
      work = 0;
    }
    yield count;
  };
}

/** Object by object: what an object or its columns are qualified by is compared once for all of them. */
function qualifiedEntries(index: SearchIndex, scorer: EntryScorer): Offering {
  const { objectCount, firstColumns, nameIds } = index;
  return function* offer(best) {
    let count = 0;
    let work = 0;
    const take = (entry: number): void => {
      const name = nameIds[entry] ?? 0;
      work += 1;
      if (!scorer.fits(name)) return;
      const whole = scorer.scoreOfEntry(entry, scorer.scoreOfName(name));
      if (whole === null) return;
      count += 1;
      best.offer(entry, whole);
    };
    for (let object = 0; object < objectCount; object += 1) {
      work += 1;
      if (scorer.qualifierScore(object, false) > 0) take(object);
      if (scorer.qualifierScore(object, true) > 0) {
        const last = firstColumns[object + 1] ?? 0;
        for (let entry = firstColumns[object] ?? last; entry < last; entry += 1) take(entry);
      }
      if (work < workPerLook) continue;
      yield count;
      count = 0;
      work = 0;
    }
    yield count;
  };
}
