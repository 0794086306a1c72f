import type { Node, RangeVar } from 'libpg-query';

/** The name by which the columns of a relation are qualified. */
export const nameOf = (relation: RangeVar | undefined): string | undefined =>
  relation?.alias?.aliasname ?? relation?.relname;

/**
 * The names under which FROM or USING joins a relation with itself, given those of common table
 * expressions, which hide relations; none where anything else is joined as well.
 */
export function namesOfItself(
  sources: readonly Node[],
  relation: RangeVar | undefined,
  queryNames: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set<string>();
  const isHidden = relation?.schemaname === undefined && queryNames.has(relation?.relname ?? '');
  for (const source of sources) {
    if (isHidden || !('RangeVar' in source) || !isSameRelation(source.RangeVar, relation)) {
      return new Set();
    }
    names.add(nameOf(source.RangeVar) ?? '');
  }
  return names;
}

/** Whether two references are to one relation, as they are written; ONLY may leave rows out. */
const isSameRelation = (source: RangeVar, relation: RangeVar | undefined): boolean =>
  source.relname === relation?.relname &&
  source.schemaname === relation?.schemaname &&
  (source.inh === true || relation?.inh !== true);

/** Whether FROM gives a name to something, which hides what has that name outside. */
export function bindsName(sources: readonly Node[], name: string | undefined): boolean {
  return sources.some((source) => {
    if ('RangeVar' in source) return nameOf(source.RangeVar) === name;
    if ('JoinExpr' in source) {
      const { larg, rarg, alias } = source.JoinExpr;
      const sides = [larg, rarg].filter((side) => side !== undefined);
      return alias?.aliasname === name || bindsName(sides, name);
    }
    if ('RangeTableSample' in source) {
      const { relation } = source.RangeTableSample;
      return relation !== undefined && bindsName([relation], name);
    }
    const [body] = Object.values(source) as readonly { readonly alias?: { aliasname?: string } }[];
    return body?.alias?.aliasname === name;
  });
}
