import { setImmediate } from 'node:timers/promises';
import {
  groupOfKind,
  objectKinds,
  type ObjectGroup,
  type ObjectKind,
  type ObjectRef,
} from '@shared/models/search';
import { origins, penaltyOf } from './entry-penalty';
import { nameAt, NamePoolBuilder, type NamePool } from './name-pool';
import type { CatalogObject } from './read-objects';

/**
 * Everything in a database that has a name, in typed arrays: some 20 bytes for each column. An entry
 * is a number: the objects from 0 in order of schema and name, then the columns of all relations.
 */
export interface SearchIndex {
  readonly names: NamePool;
  readonly objectCount: number;
  readonly entryCount: number;
  /** Of objects, by their entry. */
  readonly kinds: Uint8Array;
  readonly oids: Uint32Array;
  /** The entry of each object's schema. */
  readonly schemas: Uint32Array;
  readonly usable: Uint8Array;
  /** The entry of the first column of each object, and one more at the end. */
  readonly firstColumns: Uint32Array;
  readonly arguments: ReadonlyMap<number, string>;
  /** Of columns, by their entry less `objectCount`. */
  readonly relations: Uint32Array;
  readonly numbers: Uint16Array;
  /** The name of each entry. */
  readonly nameIds: Uint32Array;
  /** Where the entries of each name begin in `byName`, and one more at the end. */
  readonly nameStarts: Uint32Array;
  readonly byName: Uint32Array;
  /** Of objects: where they come from, as `origins` numbers it. */
  readonly origins: Uint8Array;
  /** Of names: the least penalty of their entries (see penaltyOf). */
  readonly leastPenalties: Uint16Array;
  /** Of names: 1 where all their entries are somebody's own. */
  readonly ownNames: Uint8Array;
}

export const columnKind = objectKinds.indexOf('column');

/** The group of each kind, by the kind's number. */
export const groups: readonly (ObjectGroup | null)[] = objectKinds.map((kind) => groupOfKind[kind]);

/** Objects of one catalog of the server have oids of their own: a table and a function may share one. */
function catalogNumber(kind: ObjectKind): number {
  const group = groupOfKind[kind];
  if (group === 'routine') return 1;
  if (group === 'type') return 2;
  return group === null ? 3 : 0;
}

/** Builds an index from objects, of which the schemas come first. */
export class SearchIndexBuilder {
  readonly #names = new NamePoolBuilder();
  readonly #kinds: number[] = [];
  readonly #oids: number[] = [];
  readonly #schemas: number[] = [];
  readonly #usable: number[] = [];
  readonly #origins: number[] = [];
  readonly #objectNames: number[] = [];
  readonly #firstColumns: number[] = [];
  readonly #arguments = new Map<number, string>();
  readonly #schemaEntries = new Map<number, number>();
  readonly #relations: number[] = [];
  readonly #numbers: number[] = [];
  readonly #columnNames: number[] = [];

  add(object: CatalogObject): void {
    const entry = this.#kinds.length;
    if (object.kind === 'schema') this.#schemaEntries.set(object.oid, entry);
    const schema = this.#schemaEntries.get(object.schemaOid);
    // Made after the schemas were read: the next refresh has it.
    if (schema === undefined) return;
    this.#kinds.push(objectKinds.indexOf(object.kind));
    this.#oids.push(object.oid);
    this.#schemas.push(schema);
    this.#usable.push(object.canUse && (this.#usable[schema] ?? 1) === 1 ? 1 : 0);
    this.#origins.push(originOf(object, this.#origins[schema]));
    this.#objectNames.push(this.#names.add(object.name));
    this.#firstColumns.push(this.#relations.length);
    if (object.arguments !== null) this.#arguments.set(entry, object.arguments);
    for (const [index, column] of object.columns.entries()) {
      if (column === null) continue;
      this.#relations.push(entry);
      this.#numbers.push(index + 1);
      this.#columnNames.push(this.#names.add(column));
    }
  }

  /** In turns: each step takes a few milliseconds for hundreds of thousands of names. */
  async finish(): Promise<SearchIndex> {
    const names = this.#names.finish();
    await setImmediate();
    const objectCount = this.#kinds.length;
    const entryCount = objectCount + this.#relations.length;
    const nameIds = new Uint32Array(entryCount);
    nameIds.set(this.#objectNames);
    nameIds.set(this.#columnNames, objectCount);
    await setImmediate();
    const grouped = await groupByName(nameIds, names.count);
    await setImmediate();
    this.#firstColumns.push(this.#relations.length);
    const summary = this.#summariseNames(names.count);
    await setImmediate();
    return {
      ...summary,
      names,
      objectCount,
      entryCount,
      kinds: Uint8Array.from(this.#kinds),
      oids: Uint32Array.from(this.#oids),
      schemas: Uint32Array.from(this.#schemas),
      usable: Uint8Array.from(this.#usable),
      origins: Uint8Array.from(this.#origins),
      firstColumns: Uint32Array.from(this.#firstColumns, (column) => objectCount + column),
      arguments: this.#arguments,
      relations: Uint32Array.from(this.#relations),
      numbers: Uint16Array.from(this.#numbers),
      nameIds,
      ...grouped,
    };
  }

  /** What is known of the entries of each name without looking at them one by one. */
  #summariseNames(count: number): Pick<SearchIndex, 'leastPenalties' | 'ownNames'> {
    const leastPenalties = new Uint16Array(count).fill(0xffff);
    const ownNames = new Uint8Array(count).fill(1);
    const note = (name: number, object: number, kind: number): void => {
      const origin = this.#origins[object] ?? origins.own;
      const penalty = penaltyOf(kind, origin, this.#usable[object] === 1);
      leastPenalties[name] = Math.min(leastPenalties[name] ?? penalty, penalty);
      if (origin !== origins.own) ownNames[name] = 0;
    };
    for (const [object, name] of this.#objectNames.entries()) {
      note(name, object, this.#kinds[object] ?? 0);
    }
    for (const [column, name] of this.#columnNames.entries()) {
      note(name, this.#relations[column] ?? 0, columnKind);
    }
    return { leastPenalties, ownNames };
  }
}

/** As in listSchemas, names that begin with pg_ are kept for the system (manual, CREATE SCHEMA). */
function originOf({ kind, name, isOfExtension }: CatalogObject, ofSchema: number = 0): number {
  if (kind === 'schema') {
    return name === 'information_schema' || name.startsWith('pg_') ? origins.system : origins.own;
  }
  return isOfExtension && ofSchema === origins.own ? origins.extension : ofSchema;
}

/** How many entries are sorted before other work gets its turn. */
const entriesPerTurn = 50_000;

async function groupByName(
  nameIds: Uint32Array,
  count: number,
): Promise<Pick<SearchIndex, 'nameStarts' | 'byName'>> {
  const nameStarts = new Uint32Array(count + 1);
  for (const id of nameIds) nameStarts[id + 1] = (nameStarts[id + 1] ?? 0) + 1;
  for (let id = 0; id < count; id += 1) {
    nameStarts[id + 1] = (nameStarts[id + 1] ?? 0) + (nameStarts[id] ?? 0);
  }
  const next = nameStarts.slice();
  const byName = new Uint32Array(nameIds.length);
  for (const [entry, id] of nameIds.entries()) {
    if (entry % entriesPerTurn === entriesPerTurn - 1) await setImmediate();
    const place = next[id] ?? 0;
    byName[place] = entry;
    next[id] = place + 1;
  }
  return { nameStarts, byName };
}

/** The object of an entry: itself, or a column's relation. */
export function objectOfEntry(index: SearchIndex, entry: number): number {
  return entry < index.objectCount ? entry : (index.relations[entry - index.objectCount] ?? 0);
}

/** The name of an entry as a string. */
export function nameOfEntry(index: SearchIndex, entry: number): string {
  return nameAt(index.names, index.nameIds[entry] ?? 0);
}

/** What an entry is. */
export function refOfEntry(index: SearchIndex, entry: number): ObjectRef {
  const object = objectOfEntry(index, entry);
  const isColumn = entry >= index.objectCount;
  return {
    kind: isColumn ? 'column' : (objectKinds[index.kinds[object] ?? 0] ?? 'table'),
    oid: index.oids[object] ?? 0,
    column: isColumn ? (index.numbers[entry - index.objectCount] ?? 0) : 0,
  };
}

/** The entries of objects that are still there, in the order of `refs`. */
export function entriesOf(index: SearchIndex, refs: readonly ObjectRef[]): number[] {
  if (refs.length === 0) return [];
  const key = (oid: number, catalog: number): number => oid * 4 + catalog;
  const wanted = new Set(refs.map(({ kind, oid }) => key(oid, catalogNumber(kind))));
  const found = new Map<number, number>();
  for (let entry = 0; entry < index.objectCount; entry += 1) {
    const { kind, oid } = refOfEntry(index, entry);
    const own = key(oid, catalogNumber(kind));
    if (wanted.has(own)) found.set(own, entry);
  }
  return refs.flatMap(({ kind, oid, column }) => {
    const object = found.get(key(oid, catalogNumber(kind)));
    if (object === undefined) return [];
    if (kind !== 'column') return [object];
    const last = index.firstColumns[object + 1] ?? index.entryCount;
    for (let entry = index.firstColumns[object] ?? last; entry < last; entry += 1) {
      if (index.numbers[entry - index.objectCount] === column) return [entry];
    }
    return [];
  });
}
