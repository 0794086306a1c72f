/** A relation that a statement names after FROM, JOIN, UPDATE or INTO. Names are unquoted. */
export interface ReferencedTable {
  readonly schema: string | null;
  readonly table: string;
  /** The name by which the statement refers to it. */
  readonly alias: string;
}

const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'?|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[^\s]/gu;
const wordStart = /^["\p{L}_]/u;
const introducers = new Set(['from', 'join', 'update', 'into', 'using']);
/** Words that can follow a relation and are no alias of it. */
const notAlias = new Set(
  (
    'where on join inner left right full cross natural group order having limit offset union ' +
    'intersect except set values returning using window for fetch lateral tablesample select ' +
    'default with only when do'
  ).split(' '),
);

const isName = (word: string | undefined): word is string =>
  word !== undefined && wordStart.test(word);

/** A name as the server reads it: folded to lower case unless it is quoted. */
export function foldName(written: string): string {
  return written.startsWith('"')
    ? written.slice(1, written.endsWith('"') ? -1 : undefined).replaceAll('""', '"')
    : written.toLowerCase();
}

/**
 * The relations that a statement mentions. It reads words, not grammar: the statement is being typed
 * and seldom parses. A name it takes wrongly for a relation only gives no columns.
 */
export function referencedTables(statement: string): ReferencedTable[] {
  const words = (statement.match(token) ?? []).filter((word) => !/^(?:--|\/\*|')/u.test(word));
  const found: ReferencedTable[] = [];
  let index = 0;
  while (index < words.length) {
    const isIntroducer = introducers.has(words[index]?.toLowerCase() ?? '');
    index += 1;
    if (!isIntroducer) continue;
    for (;;) {
      const relation = readRelation(words, index);
      if (relation === null) break;
      found.push(relation.table);
      index = relation.next;
      if (words[index] !== ',') break;
      index += 1;
    }
  }
  return found;
}

function readRelation(
  words: readonly string[],
  start: number,
): { table: ReferencedTable; next: number } | null {
  let index = start;
  if (words[index]?.toLowerCase() === 'only') index += 1;
  const first = words[index];
  if (!isName(first) || notAlias.has(first.toLowerCase())) return null;
  index += 1;
  let schema: string | null = null;
  let table = foldName(first);
  const second = words[index + 1];
  if (words[index] === '.' && isName(second)) {
    schema = table;
    table = foldName(second);
    index += 2;
  }
  let alias = table;
  if (words[index]?.toLowerCase() === 'as') index += 1;
  const after = words[index];
  if (isName(after) && !notAlias.has(after.toLowerCase())) {
    alias = foldName(after);
    index += 1;
  }
  return { table: { schema, table, alias }, next: index };
}
