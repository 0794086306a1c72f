import type { RiskCode, SqlStatementKind } from '@shared/models/statement-analysis';
import type { DependentGroup, Impact, ImpactTarget, RowCount } from './impact';
import { countOf, formatBytes, formatCount, listOf } from './quantities';

/** One sentence for an impact, without its full stop: what happens to how much of what. */
export function impactSentence(impact: Impact, kind: SqlStatementKind): string {
  switch (impact.action) {
    case 'delete':
      return changeSentence(impact, 'DELETE', 'removes');
    case 'update':
      return changeSentence(impact, 'UPDATE', 'changes');
    case 'merge':
      return `MERGE touches ${upTo(impact.touched)} of ${namesOf(impact)}`;
    case 'insert':
      return `INSERT adds ${upTo(impact.touched)} to ${namesOf(impact)}`;
    case 'truncate':
      return `TRUNCATE removes ${rowsAndSize(impact)} of ${namesOf(impact)}`;
    case 'drop':
      return dropSentence(impact);
    case 'alter':
      return `${kind.toUpperCase()} acts on ${namesOf(impact)}${heldBy(impact)}`;
  }
}

/** Further sentences about an impact, the gravest first. */
export function impactDetails(impact: Impact): readonly string[] {
  return [
    refusalOf(impact),
    cascadeOf(impact),
    ...referencesOf(impact),
    partitionsOf(impact),
    triggersOf(impact),
    impact.unknown === null ? null : `Not all is known: ${impact.unknown}.`,
  ].filter((line) => line !== null);
}

/** How many tables refer to the rows that a DELETE removes; null when none does. */
export function referenceSentence({ referringTables }: Impact): string | null {
  const direct = referringTables.filter(({ isDirect }) => isDirect).map(({ name }) => name);
  const { size } = new Set(direct);
  if (size === 0) return null;
  return `${formatCount(size)} ${size === 1 ? 'table refers' : 'tables refer'} to it.`;
}

/** By the code of a risk, whether the sentence of an impact says better what the risk's reason says. */
const toldBy: Readonly<Partial<Record<RiskCode, (impact: Impact) => boolean>>> = {
  'deletes-all-rows': ({ whole }) => whole !== null,
  'updates-all-rows': ({ whole }) => whole !== null,
  truncates: ({ action }) => action === 'truncate',
  drops: ({ action }) => action === 'drop',
};

/** Whether the sentences of impacts say better what the reason of a risk with this code says. */
export function isToldBy(impacts: readonly Impact[], code: RiskCode): boolean {
  const tells = toldBy[code];
  return tells !== undefined && impacts.some(tells);
}

function changeSentence(impact: Impact, verb: string, does: string): string {
  const { whole, touched, bytes, targets } = impact;
  if (whole === null) {
    const held = targets[0]?.rows ?? null;
    const of =
      held !== null && !(touched?.count === held.count) ? ` (it holds ${rowsOf(held)})` : '';
    return `${verb} ${does} ${upTo(touched)} of ${namesOf(impact)}${of}`;
  }
  const why = whole === 'no-where' ? 'without WHERE' : 'with a WHERE that is always true';
  return touched === null
    ? `${verb} ${why} ${does} every row of ${namesOf(impact)}${sizeOf(bytes)}`
    : `${verb} ${why} ${does} ${allOf(touched, bytes)} of ${namesOf(impact)}`;
}

function dropSentence(impact: Impact): string {
  const { object, targets, dependents, bytes } = impact;
  if (object !== null) {
    if (dependents.length === 0) return `DROP removes ${object}${sizeOf(bytes)}`;
    return impact.cascades
      ? `DROP removes ${object} with ${groupCounts(dependents)}${sizeOf(bytes)}`
      : `DROP removes ${object}`;
  }
  const [first] = targets;
  const kinds = new Set(targets.map(({ kind }) => kind));
  const kind = kinds.size === 1 && targets.length === 1 ? `${first?.kind ?? 'relation'} ` : '';
  return `DROP removes ${kind}${namesOf(impact)}${heldBy(impact)}`;
}

/** " with ~1,204,332 rows (310 MB)", as far as it is known and there is anything to hold rows. */
function heldBy({ targets, bytes }: Impact): string {
  const rows = totalRows(targets);
  const size = sizeOf(bytes);
  return rows === null ? size : ` with ${rowsOf(rows)}${size}`;
}

function rowsAndSize({ targets, bytes }: Impact): string {
  const rows = totalRows(targets);
  return rows === null ? `all rows${sizeOf(bytes)}` : allOf(rows, bytes);
}

/** Nothing for views, which take no room, and where it is not known. */
function sizeOf(bytes: number | null): string {
  return bytes === null || bytes === 0 ? '' : ` (${formatBytes(bytes)})`;
}

function totalRows(targets: readonly ImpactTarget[]): RowCount | null {
  const counts = targets.flatMap(({ rows }) => (rows === null ? [] : [rows]));
  if (counts.length === 0 || counts.length < targets.length) return null;
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    isExact: counts.every(({ isExact }) => isExact),
  };
}

function rowsOf({ count, isExact }: RowCount): string {
  return `${isExact ? '' : '~'}${countOf(Math.round(count), 'row')}`;
}

/** All rows with the room that they take. */
function allOf(rows: RowCount, bytes: number | null): string {
  if (rows.isExact && rows.count === 0) return 'no rows';
  const all = rows.isExact && rows.count === 1 ? 'the only row' : `all ${rowsOf(rows)}`;
  return `${all}${sizeOf(bytes)}`;
}

function upTo(touched: RowCount | null): string {
  return touched === null ? 'rows' : rowsOf(touched);
}

const namesOf = ({ targets }: Impact): string => listOf(targets.map(({ name }) => name));

function refusalOf({ refusal, dependents, cascades, truncatedToo, action }: Impact): string | null {
  if (refusal !== null) return `As things stand the server refuses it: ${refusal}.`;
  if (cascades) return null;
  if (action === 'truncate' && truncatedToo.length > 0) {
    return `The server will refuse it without CASCADE: ${verbWith(truncatedToo, 'refers', 'refer')} to it.`;
  }
  if (dependents.length === 0) return null;
  return `The server will refuse it without CASCADE: ${groups(dependents)} ${isOne(dependents) ? 'depends' : 'depend'} on it.`;
}

function cascadeOf({ cascades, dependents, truncatedToo, action, object }: Impact): string | null {
  if (!cascades) return null;
  if (action === 'truncate') {
    return truncatedToo.length === 0 ? null : `CASCADE also empties ${listOf(truncatedToo)}.`;
  }
  if (dependents.length === 0) return null;
  return object === null
    ? `CASCADE also drops ${groups(dependents)}.`
    : `It takes along ${listOf(
        dependents.flatMap(({ names }) => names),
        total(dependents),
      )}.`;
}

function referencesOf({ referringTables }: Impact): readonly string[] {
  const of = (onDelete: string): readonly string[] => [
    ...new Set(
      referringTables.filter((table) => table.onDelete === onDelete).map(({ name }) => name),
    ),
  ];
  if (!referringTables.some(({ isDirect }) => isDirect)) return [];
  const [cascade, setNull, setDefault, refuse] = [
    of('cascade'),
    of('set null'),
    of('set default'),
    of('refuse'),
  ];
  return [
    cascade.length > 0 ? `ON DELETE CASCADE also deletes from ${listOf(cascade)}.` : null,
    setNull.length > 0 ? `ON DELETE SET NULL changes ${listOf(setNull)}.` : null,
    setDefault.length > 0 ? `ON DELETE SET DEFAULT changes ${listOf(setDefault)}.` : null,
    refuse.length > 0
      ? `The server refuses it while ${verbWith(refuse, 'refers', 'refer')} to such rows.`
      : null,
  ].filter((line) => line !== null);
}

function partitionsOf({ targets }: Impact): string | null {
  const partitions = targets.reduce((sum, target) => sum + target.partitions, 0);
  return partitions === 0 ? null : `It has ${countOf(partitions, 'partition')}.`;
}

function triggersOf({ triggers }: Impact): string | null {
  if (triggers.length === 0) return null;
  return `${triggers.length === 1 ? 'A trigger acts' : `${formatCount(triggers.length)} triggers act`}: ${listOf(triggers)}.`;
}

/** "2 views (shop.a and shop.b) and 1 foreign key (k of shop.c)". */
function groups(dependents: readonly DependentGroup[]): string {
  return listOf(
    dependents.map(({ kind, count, names }) => `${countOf(count, kind)} (${listOf(names, count)})`),
    dependents.length,
    dependents.length,
  );
}

function groupCounts(dependents: readonly DependentGroup[]): string {
  const counts = dependents.map(({ kind, count }) => countOf(count, kind));
  return listOf(counts, counts.length, counts.length);
}

const total = (dependents: readonly DependentGroup[]): number =>
  dependents.reduce((sum, { count }) => sum + count, 0);

const isOne = (dependents: readonly DependentGroup[]): boolean => total(dependents) === 1;

const verbWith = (names: readonly string[], one: string, many: string): string =>
  `${listOf(names)} ${names.length === 1 ? one : many}`;
