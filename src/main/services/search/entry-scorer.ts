import type { ObjectGroup } from '@shared/models/search';
import {
  fitsName,
  patternOf,
  scatteredScore,
  scoreBound,
  scoreName,
  type Pattern,
} from '@shared/search/name-match';
import { origins, penaltyOf } from './entry-penalty';
import { columnKind, groups, objectOfEntry, type SearchIndex } from './search-index';

/** A qualifier's share of the score; the name has the rest. */
const qualifierShare = 0.3;
const nameShare = 1 - qualifierShare;

/** How well names and entries fit: the last part is the name, those before qualify it. */
export class EntryScorer {
  /** Whether a part before a dot says where the name is. */
  readonly isQualified: boolean;
  /** Whether an entry fits where its name fits, so that entries can be counted by name. */
  readonly countsByName: boolean;
  /** What names are compared with. */
  readonly name: Pattern;
  readonly #index: SearchIndex;
  /** Whether there is no name, only what qualifies it: then every name fits alike. */
  readonly #isEmpty: boolean;
  readonly #qualifiers: readonly Qualifier[];
  readonly #group: ObjectGroup | null;

  constructor(index: SearchIndex, parts: readonly string[], group: ObjectGroup | null) {
    this.#index = index;
    this.#group = group;
    this.name = patternOf(parts.at(-1) ?? '');
    this.#isEmpty = this.name.units.length === 0;
    // Nearest first: of "schema.table.column" the table, then the schema.
    this.#qualifiers = parts
      .slice(0, -1)
      .reverse()
      .filter((part) => part !== '')
      .map((part) => new Qualifier(index, patternOf(part)));
    this.isQualified = this.#qualifiers.length > 0;
    this.countsByName = group === null && !this.isQualified;
  }

  /** Whether the name has the letters in order: whether scoreOfName is above 0. */
  fits(name: number): boolean {
    const { names } = this.#index;
    if (((names.masks[name] ?? 0) & this.name.mask) !== this.name.mask) return false;
    // One letter of a to z has a bit of its own in the masks: they have compared it.
    if (this.name.units.length === 1 && (this.name.mask & lettersMask) !== 0) return true;
    return fitsName(names, names.starts[name] ?? 0, names.starts[name + 1] ?? 0, this.name);
  }

  /** What no entry of a name that fits exceeds, told from little. */
  boundOf(name: number): number {
    const { names, leastPenalties } = this.#index;
    const from = names.starts[name] ?? 0;
    const to = names.starts[name + 1] ?? 0;
    const bound = scoreBound(names, from, to, names.wordStarts[name] ?? 0, this.name);
    return bound - (leastPenalties[name] ?? 0);
  }

  /** 0 where the name does not fit. */
  scoreOfName(name: number): number {
    return scoreOf(this.#index, name, this.name);
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
    if (this.isQualified) {
      const qualified = this.qualifierScore(object, isColumn);
      if (qualified === 0) return null;
      score = nameScore * nameShare + qualified * qualifierShare;
    }
    return score - penaltyOf(kind, origin, index.usable[object] === 1);
  }

  /**
   * How well what is before the name fits, 0 where it does not: the worst of the qualifiers. Nearest
   * first they are a column's relation and schema, or a schema.
   */
  qualifierScore(object: number, isColumn: boolean): number {
    const { schemas, objectCount } = this.#index;
    const schema = schemas[object] ?? objectCount;
    const [nearest, farther] = this.#qualifiers;
    if (nearest === undefined || this.#qualifiers.length > 2) return 0;
    if (isColumn) {
      const score = nearest.scoreOf(object);
      return farther === undefined || score === 0
        ? score
        : Math.min(score, farther.scoreOf(schema));
    }
    return schema === object || farther !== undefined ? 0 : nearest.scoreOf(schema);
  }
}

/** The bits of characterMask that stand for one letter each. */
const lettersMask = (1 << 26) - 1;

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
