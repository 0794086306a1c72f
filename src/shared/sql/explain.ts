import { Scanner } from './scanner';

/** `plan`: how the server would go about it. `analyze`: runs it, and tells what that took. */
export const explainModes = ['plan', 'analyze'] as const;
export type ExplainMode = (typeof explainModes)[number];

/** SETTINGS came with PostgreSQL 12, the oldest supported version is 14. */
const prefixes: Readonly<Record<ExplainMode, string>> = {
  plan: 'EXPLAIN (SETTINGS, FORMAT JSON) ',
  analyze: 'EXPLAIN (ANALYZE, BUFFERS, SETTINGS, FORMAT JSON) ',
};

/** What is put in front of a statement to have it explained; nothing where it is an EXPLAIN itself. */
export function explainPrefix(statement: string, mode: ExplainMode): string {
  return firstWord(statement) === 'explain' ? '' : prefixes[mode];
}

/** In lower case; empty where a statement begins with something else than a word. */
function firstWord(statement: string): string {
  const scanner = new Scanner(statement);
  while (scanner.next()) {
    if (scanner.kind === 'line-comment' || scanner.kind === 'block-comment') continue;
    return scanner.kind === 'word' ? statement.slice(scanner.from, scanner.to).toLowerCase() : '';
  }
  return '';
}
