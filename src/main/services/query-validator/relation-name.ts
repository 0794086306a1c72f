import type { RangeVar } from 'libpg-query';

/** A relation as a person would write it: quoted only where the name needs it. */
export function relationName(relation: RangeVar | undefined): string {
  return dottedName([relation?.catalogname, relation?.schemaname, relation?.relname]);
}

/** Parts of a name as a person would write them, joined by periods; absent parts are left out. */
export function dottedName(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => (/^[a-z_][a-z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');
}
