import { catalogOid } from './catalog-oid';

/** The name of the extension that the object with `oid` in `catalog` belongs to, or NULL. */
export function extensionOf(catalog: string, oid: string): string {
  return `(
    SELECT extension.extname
      FROM pg_catalog.pg_depend member
      JOIN pg_catalog.pg_extension extension ON extension.oid = member.refobjid
     WHERE member.classid = ${catalogOid(catalog)}
       AND member.objid = ${oid}
       AND member.deptype = 'e'
       AND member.refclassid = ${catalogOid('pg_extension')})`;
}
