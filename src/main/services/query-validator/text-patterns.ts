import type { A_Expr, Node } from 'libpg-query';
import { operatorOf } from './opposites';
import type { Value } from './options';
import { nameParts } from './relation-name';

/** Regular expressions that every text matches: nothing, anything, or something that may be missing, at one end. */
const anyText = /^(?:\^?\.\*\??\$?|\^|\$)?$/;
const mayBeMissing = /(?:\.|\w|\\[dwsDWS]|\[[^\][\\]+\])[*?]\??/.source;
const missingAtOneEnd = new RegExp(`^(?:\\^?${mayBeMissing}|${mayBeMissing}\\$)$`);

const wildcards = /^%+$/;

/** Whether every text fits the pattern of LIKE, SIMILAR TO or a regular expression; only NULL escapes it. */
export function takesEveryText(
  expression: A_Expr,
  evaluate: (node: Node | undefined) => Value,
): boolean {
  const { kind, rexpr } = expression;
  const isNamed = kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE' || kind === 'AEXPR_SIMILAR';
  if (!isNamed && kind !== 'AEXPR_OP') return false;
  const pattern = evaluate(patternIn(rexpr));
  if (typeof pattern !== 'string') return false;
  switch (operatorOf(expression) ?? '') {
    case '~~':
    case '~~*':
      return wildcards.test(pattern);
    case '~':
    case '~*':
      // The operator of SIMILAR TO is that of regular expressions.
      if (kind === 'AEXPR_SIMILAR') return wildcards.test(pattern);
      return anyText.test(pattern) || missingAtOneEnd.test(pattern);
    default:
      return false;
  }
}

/** The pattern as it is written: the grammar puts a function around it where ESCAPE is, or may be, given. */
function patternIn(node: Node | undefined): Node | undefined {
  if (node === undefined || !('FuncCall' in node)) return node;
  const { funcname = [], args = [] } = node.FuncCall;
  const name = funcname.flatMap(nameParts).at(-1);
  return name === 'like_escape' || name === 'similar_to_escape' ? args[0] : node;
}
