import { booleanType, isNumericType } from './built-in-types';

/** What SQL reads as a numeric constant without losing anything. */
const sqlNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/**
 * A value, as the server sent it, as an SQL literal. A backslash asks for E'', which reads alike
 * whatever standard_conforming_strings says. The float "-0" is a string, since the constant -0 would
 * lose its sign on the way through numeric.
 */
export function sqlLiteral(text: string | null, typeOid: number): string {
  if (text === null) return 'NULL';
  if (isNumericType(typeOid) && text !== '-0' && sqlNumber.test(text)) return text;
  if (typeOid === booleanType) return text === 't' ? 'true' : 'false';
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}
