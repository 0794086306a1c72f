import type { JsonNode } from '../../../components/value/json-tree';

/** The members of an object by their names. */
export type Members = ReadonlyMap<string, JsonNode>;

/** The members of an object; none of anything else. */
export function membersOf(node: JsonNode | undefined): Members {
  if (node?.kind !== 'object') return new Map();
  return new Map(node.members.map(({ key, value }) => [unquoted(key), value]));
}

/** The text of a scalar: a string without quotes and escapes, a number digit by digit. */
export function textOf(node: JsonNode | undefined): string | null {
  if (node?.kind !== 'scalar') return null;
  return node.text.startsWith('"') ? unquoted(node.text) : node.text;
}

/** A number for bars and marks; null where there is none. */
export function numberOf(node: JsonNode | undefined): number | null {
  const text = textOf(node);
  return text === null || text === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

function unquoted(token: string): string {
  const value: unknown = JSON.parse(token);
  return String(value);
}
