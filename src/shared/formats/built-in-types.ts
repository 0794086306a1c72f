/**
 * Object identifiers of built-in types, which are fixed (PostgreSQL source,
 * src/include/catalog/pg_type.dat): int8, int2, int4, oid, float4, float8, money, numeric.
 */
const numericTypes = new Set([20, 21, 23, 26, 700, 701, 790, 1700]);
const jsonTypes = new Set([114, 3802]);

export const booleanType = 16;

/** Whether values of the type are numbers to a person; money's text still has a currency sign. */
export const isNumericType = (typeOid: number): boolean => numericTypes.has(typeOid);

/** Whether values of the type are JSON text: json and jsonb. */
export const isJsonType = (typeOid: number): boolean => jsonTypes.has(typeOid);
