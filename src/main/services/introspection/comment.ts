import { catalogOid } from './catalog-oid';

/**
 * Joins the comment on the object with `oid` in `catalog` as the row `alias`, or on one part of it:
 * for a column of a relation `part` is the column's number.
 */
export function joinComment(
  alias: string,
  catalog: string,
  oid: string,
  part: string = '0',
): string {
  return `LEFT JOIN pg_catalog.pg_description ${alias}
           ON ${alias}.objoid = ${oid}
          AND ${alias}.classoid = ${catalogOid(catalog)}
          AND ${alias}.objsubid = ${part}`;
}
