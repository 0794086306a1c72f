import type { A_Const, DefElem, Node } from 'libpg-query';

/** A constant's value; undefined for what depends on the row, a parameter or the moment. */
export type Value = boolean | number | string | null | undefined;

/** What stands in a text for a value that is put into it at run time; see dynamic-sql.ts. */
export const openValue = '…';

/** The value of a constant as it is written. */
export function constantValue(constant: A_Const): Value {
  // The JSON leaves out fields with their default: {"boolval":{}} is false, {"ival":{}} is 0.
  if (constant.isnull === true) return null;
  if (constant.boolval !== undefined) return constant.boolval.boolval ?? false;
  if (constant.ival !== undefined) return constant.ival.ival ?? 0;
  if (constant.fval !== undefined) return Number(constant.fval.fval);
  const text = constant.sval === undefined ? undefined : (constant.sval.sval ?? '');
  return text === openValue ? undefined : text;
}

/** The value of an argument of a call or of an option; undefined when it is no plain constant. */
export function plainValue(node: Node | undefined): Value {
  if (node === undefined) return undefined;
  if ('A_Const' in node) return constantValue(node.A_Const);
  if ('TypeCast' in node) return plainValue(node.TypeCast.arg);
  if ('String' in node) return node.String.sval ?? '';
  if ('Boolean' in node) return node.Boolean.boolval ?? false;
  if ('Integer' in node) return node.Integer.ival ?? 0;
  return undefined;
}

/** A value as PostgreSQL's boolean input reads it (manual 8.6); undefined when it refuses. */
export function toBoolean(value: Value): boolean | null | undefined {
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return value;
  const text = value.trim().toLowerCase();
  if (text === '1' || text === 'on') return true;
  if (text === '0' || text === 'off' || text === 'of') return false;
  if (text === '') return undefined;
  if ('true'.startsWith(text) || 'yes'.startsWith(text)) return true;
  return 'false'.startsWith(text) || 'no'.startsWith(text) ? false : undefined;
}

const elements = (options: readonly Node[] | undefined): DefElem[] =>
  (options ?? []).flatMap((option) => ('DefElem' in option ? [option.DefElem] : []));

/** The argument of an option; undefined when it is absent or has none. The last one counts. */
export function optionArgument(
  options: readonly Node[] | undefined,
  name: string,
): Node | undefined {
  return elements(options).findLast((element) => element.defname === name)?.arg;
}

/** Whether an option such as ANALYZE or FULL is on: named without a value, or with one that is true. */
export function optionIsOn(options: readonly Node[] | undefined, name: string): boolean {
  const option = elements(options).findLast((element) => element.defname === name);
  if (option === undefined) return false;
  return option.arg === undefined || toBoolean(plainValue(option.arg)) !== false;
}

/** Whether an option is named at all. */
export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return elements(options).some((element) => element.defname === name);
}
