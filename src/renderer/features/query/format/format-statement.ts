import { maskNamedParameters } from '@shared/sql/parameters';
import { format, type KeywordCase } from 'sql-formatter';

export interface FormatOptions {
  /** Spaces of one step of indentation. */
  readonly tabSize: number;
  readonly keywordCase: KeywordCase;
}

/** What became of a statement: the same one laid out anew, or why it was left as it is. */
export type Formatted = { readonly text: string } | { readonly reason: string };

/** PostgreSQL's grammar, as far as formatting asks it. */
export interface Grammar {
  /** The syntax tree of a text as JSON; null when the grammar refuses it. */
  readonly treeOf: (text: string) => string | null;
}

/** Longer statements are data rather than something to read. UTF-16 units. */
const maxLength = 200_000;

/**
 * Lays a statement out anew. The formatter does not know all of PostgreSQL's grammar, so what it gives
 * is taken only if PostgreSQL reads the same syntax tree from it and no comment is lost.
 */
export function formatStatement(
  statement: string,
  { tabSize, keywordCase }: FormatOptions,
  grammar: Grammar,
): Formatted {
  if (statement.length > maxLength) return { reason: 'It is too long to be formatted.' };
  const before = meaningOf(statement, grammar);
  if (before === null) return { reason: 'It has a mistake of syntax.' };
  let text: string;
  try {
    text = format(statement, {
      language: 'postgresql',
      tabWidth: tabSize,
      keywordCase,
      paramTypes: { named: [':'], numbered: ['$'] },
    });
  } catch {
    // It raises an error for what it cannot read.
    return { reason: 'The formatter does not know its syntax.' };
  }
  const isSame = meaningOf(text, grammar) === before && isAlike(statement, text);
  return isSame ? { text } : { reason: 'The formatter would change what it means.' };
}

/** A syntax tree without the places in the text. */
function meaningOf(statement: string, grammar: Grammar): string | null {
  const tree = grammar.treeOf(maskNamedParameters(statement));
  if (tree === null) return null;
  return JSON.stringify(JSON.parse(tree), (key, value: unknown) =>
    places.test(key) ? undefined : value,
  );
}

/** Offsets into the text, by the names that the nodes of the tree have for them (parsenodes.h). */
const places = /(?:^|_)(?:location|len|list_start|list_end|elements_start|elements_end)$/u;

/** Whether two texts differ in nothing but white space, the case of letters and semicolons at the end. */
function isAlike(one: string, other: string): boolean {
  const bare = (text: string): string => text.replaceAll(/[\s;]+/gu, '').toLowerCase();
  return bare(one) === bare(other);
}
