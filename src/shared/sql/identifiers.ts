/** What reads the same without quotes: lower case, as long as it is no keyword. */
const plainIdentifier = /^[a-z_][a-z0-9_$]*$/u;

/**
 * Key words that are reserved, or reserved in some places (PostgreSQL manual, appendix C): used as a
 * name they need quotes.
 */
const reservedWords = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between bigint binary bit ' +
    'boolean both case cast char character check coalesce collate collation column concurrently ' +
    'constraint create cross current_catalog current_date current_role current_schema current_time ' +
    'current_timestamp current_user dec decimal default deferrable desc distinct do else end except ' +
    'exists extract false fetch float for foreign freeze from full grant greatest group grouping ' +
    'having ilike in initially inner inout int integer intersect interval into is isnull join ' +
    'json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar ' +
    'json_serialize json_table json_value lateral leading least left like limit localtime ' +
    'localtimestamp merge_action national natural nchar none normalize not notnull null nullif ' +
    'numeric offset on only or order out outer overlaps overlay placing position precision primary ' +
    'real references returning right row select session_user setof similar smallint some substring ' +
    'symmetric system_user table tablesample then time timestamp to trailing treat trim true union ' +
    'unique user using values varchar variadic verbose when where window with xmlattributes ' +
    'xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize ' +
    'xmltable'
  ).split(' '),
);

/**
 * Quotes a name for use in SQL, always: an unquoted name would be folded to lower case and could be
 * a keyword (PostgreSQL manual 4.1.1). Raises RangeError for a name that PostgreSQL cannot have:
 * the empty name and names with a NUL character.
 */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new RangeError('A name in SQL cannot be empty.');
  if (name.includes('\0')) throw new RangeError('A name in SQL cannot hold a NUL character.');
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A name as a person would write it: quoted only where the server would otherwise fold or misread it.
 * For SQL that is read and edited. Raises as quoteIdentifier does.
 */
export function readableIdentifier(name: string): string {
  return plainIdentifier.test(name) && !reservedWords.has(name) ? name : quoteIdentifier(name);
}

/** The quoted name of a schema's object: "schema"."name". Raises as quoteIdentifier does. */
export function qualifiedName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
