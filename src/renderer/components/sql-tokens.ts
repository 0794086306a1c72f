import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { postgresDialect } from './sql-dialect';

/** What colours tell apart in SQL. */
export type SqlTokenKind =
  'keyword' | 'string' | 'number' | 'null' | 'comment' | 'type' | 'function' | 'operator';

/** Which tags of the grammar have which colour; the editor and all other SQL share it. */
export const sqlTags = {
  keyword: [tags.keyword, tags.modifier],
  string: [tags.string, tags.special(tags.string)],
  number: [tags.number, tags.bool],
  null: [tags.null],
  comment: [tags.comment],
  type: [tags.typeName],
  function: [tags.standard(tags.name)],
  operator: [tags.operator, tags.punctuation],
} as const satisfies Readonly<Record<SqlTokenKind, unknown>>;

/** A stretch of a text, with the kinds that it is of, as names parted by spaces; empty for none. */
export interface SqlToken {
  readonly from: number;
  readonly text: string;
  readonly kinds: string;
}

const highlighter = tagHighlighter(
  Object.entries(sqlTags).map(([kind, tag]) => ({ tag, class: kind })),
);

/** Longer texts are shown without colours: each of their tokens would be an element. UTF-16 units. */
const maxLength = 50_000;

/** A text of SQL in its tokens, which together are the text. */
export function sqlTokens(text: string): readonly SqlToken[] {
  if (text.length > maxLength) return [{ from: 0, text, kinds: '' }];
  const tokens: SqlToken[] = [];
  let from = 0;
  const add = (part: string, kinds: string): void => {
    tokens.push({ from, text: part, kinds });
    from += part.length;
  };
  highlightCode(text, postgresDialect.language.parser.parse(text), highlighter, add, () =>
    add('\n', ''),
  );
  return tokens;
}
