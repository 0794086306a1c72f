import type { ObjectGroup } from '@shared/models/search';

/** What the palette looks through. */
export type Scope = 'all' | 'command' | 'saved-query' | ObjectGroup;

export interface QueryText {
  readonly scope: Scope;
  /** Without the prefix of the scope. */
  readonly text: string;
}

/** The prefixes that narrow the search, in the order in which the palette shows them. */
export const scopes: readonly {
  readonly prefix: string;
  readonly scope: Scope;
  readonly label: string;
}[] = [
  { prefix: 't:', scope: 'relation', label: 'tables' },
  { prefix: 'f:', scope: 'routine', label: 'functions' },
  { prefix: 'c:', scope: 'column', label: 'columns' },
  { prefix: 'y:', scope: 'type', label: 'types' },
  { prefix: 's:', scope: 'saved-query', label: 'saved queries' },
  { prefix: '>', scope: 'command', label: 'commands' },
];

/** Reads what was typed. */
export function parseQuery(input: string): QueryText {
  const typed = input.trimStart();
  const found = scopes.find(({ prefix }) => typed.toLowerCase().startsWith(prefix));
  if (found === undefined) return { scope: 'all', text: typed.trimEnd() };
  return { scope: found.scope, text: typed.slice(found.prefix.length).trim() };
}
