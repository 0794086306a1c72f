/** `plan`: how the server would go about it. `analyze`: runs it, and tells what that took. */
export const explainModes = ['plan', 'analyze'] as const;
export type ExplainMode = (typeof explainModes)[number];

/** SETTINGS came with PostgreSQL 12, the oldest supported version is 14. */
const prefixes: Readonly<Record<ExplainMode, string>> = {
  plan: 'EXPLAIN (SETTINGS, FORMAT JSON) ',
  analyze: 'EXPLAIN (ANALYZE, BUFFERS, SETTINGS, FORMAT JSON) ',
};

const explainsAlready = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*explain\b/iu;

/** What is put in front of a statement to have it explained; nothing where it is an EXPLAIN itself. */
export function explainPrefix(statement: string, mode: ExplainMode): string {
  return explainsAlready.test(statement) ? '' : prefixes[mode];
}
