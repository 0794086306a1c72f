import type { Node } from 'libpg-query';

type TagsOf<N> = N extends unknown ? keyof N : never;
/** The name of a kind of node of the syntax tree, for example DeleteStmt. */
export type NodeTag = TagsOf<Node>;
type BodyOf<N, T extends NodeTag> =
  N extends Readonly<Record<T, infer B extends object>> ? B : never;
/** The fields of a kind of node. */
export type NodeBody<T extends NodeTag> = BodyOf<Node, T>;

/** Whether a value of the parser's JSON has fields. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/**
 * Whether a value of the parser's JSON is a node: an object whose one key is a tag. Tags begin with a
 * capital, the names of fields with a small letter.
 */
export function isNode(value: unknown): value is Node {
  if (!isObject(value)) return false;
  const [tag] = Object.keys(value);
  return tag !== undefined && tag >= 'A' && tag < '[';
}

/** The statements of a parse result, in order. */
export function statementNodes(tree: unknown): readonly Node[] {
  if (!isObject(tree) || !('stmts' in tree) || !Array.isArray(tree.stmts)) return [];
  return tree.stmts
    .map((raw: unknown) => (isObject(raw) && 'stmt' in raw ? raw.stmt : undefined))
    .filter(isNode);
}
