import type { FuncCall, Node } from 'libpg-query';
import { operatorOf } from './opposites';
import { plainValue } from './options';
import { nameParts } from './relation-name';

/** What stands for a name and for a value that only the moment knows. */
const someName = '"…"';
const someValue = `'…'`;

/**
 * The text of SQL that is put together at run time, where only names and values are left open: what
 * quote_ident, quote_literal and the %I and %L of format put in cannot become anything else (manual,
 * 9.4.1 format), and neither can a regclass. Undefined where a part may be any text.
 */
export function templateOf(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined;
  const value = plainValue(node);
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if ('TypeCast' in node) {
    const type = (node.TypeCast.typeName?.names ?? []).flatMap(nameParts).at(-1);
    return type === 'regclass' ? someName : templateOf(node.TypeCast.arg);
  }
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' && operatorOf(node.A_Expr) === '||') {
    const left = templateOf(node.A_Expr.lexpr);
    const right = templateOf(node.A_Expr.rexpr);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return 'FuncCall' in node ? calledTemplate(node.FuncCall) : undefined;
}

function calledTemplate({ funcname = [], args = [], func_variadic: isVariadic }: FuncCall) {
  const [name, schema = 'pg_catalog'] = funcname.flatMap(nameParts).reverse();
  if (schema !== 'pg_catalog' || isVariadic === true) return undefined;
  if (name === 'quote_ident') return someName;
  if (name === 'quote_literal' || name === 'quote_nullable') return someValue;
  const [pattern, ...values] = args;
  return name === 'format' ? formatted(templateOf(pattern), values) : undefined;
}

/** %[position$][flags][width]type; a width that is an argument itself is left alone. */
const specifier = /%(?:(\d+)\$)?-?\d*(.|$)/gsu;

function formatted(pattern: string | undefined, values: readonly Node[]): string | undefined {
  if (pattern === undefined) return undefined;
  let isKnown = true;
  let next = 0;
  const text = pattern.replaceAll(specifier, (_all, position: string | undefined, type: string) => {
    if (type === '%') return '%';
    if (position !== undefined) next = Number(position) - 1;
    const value = values[next];
    next += 1;
    if (type === 'I') return someName;
    if (type === 'L') return someValue;
    const written = type === 's' ? templateOf(value) : undefined;
    isKnown &&= written !== undefined;
    return written ?? '';
  });
  return isKnown ? text : undefined;
}
