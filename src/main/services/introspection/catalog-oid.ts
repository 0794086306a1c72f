/**
 * The oid of a system catalog, as pg_description and pg_depend name the kind of an object.
 * Cast to oid: "oid = regclass" has no operator of its own and could be taken over
 * (see relation.ts).
 */
export function catalogOid(catalog: string): string {
  return `'pg_catalog.${catalog}'::pg_catalog.regclass::pg_catalog.oid`;
}
