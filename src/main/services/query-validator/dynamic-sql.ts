import type { FuncCall, Node } from 'libpg-query';
import { Findings } from './findings';
import { operatorOf } from './opposites';
import { openValue, plainValue } from './options';
import { nameParts } from './relation-name';
import { type Script, SyntaxWalk } from './syntax-walk';

/** What stands for a name and for a value that only the moment knows. */
const openName = '…';
const someName = `"${openName}"`;
const someValue = `'${openValue}'`;

/**
 * The text of SQL that is put together at run time, as far as it tells what the SQL does; undefined
 * where a part may be any text, or is the name of what is called or set.
 */
export function readableTemplate(node: Node | undefined, script: Script): string | undefined {
  const template = templateOf(node);
  return template === undefined || namesWhatItRuns(template, script) ? undefined : template;
}

/** Whether what a function does, or a setting, depends on a name that is left open. */
function namesWhatItRuns(template: string, script: Script): boolean {
  let isFound = false;
  const walk = new SyntaxWalk(new Findings(), script, {
    FuncCall({ funcname = [] }) {
      isFound ||= funcname.flatMap(nameParts).includes(openName);
    },
    VariableSetStmt({ name }) {
      isFound ||= name === openName;
    },
  });
  if (template.includes(someName)) walk.visitSql(template);
  return isFound;
}

/**
 * The text where only names and values are left open: what quote_ident, quote_literal and the %I and
 * %L of format put in cannot become anything else (manual, 9.4.1 format), and neither can a regclass.
 */
function templateOf(node: Node | undefined): string | undefined {
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
