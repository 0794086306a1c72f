/** A value of JSON with every token as it was written: numbers keep their digits, objects repeated keys. */
export type JsonNode =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

/** A member of an object; `key` has its quotes and escapes. */
export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

/** Deeper values are not laid out as a tree: they are shown as text. */
const maxDepth = 500;

const token = /\s*(?:("(?:[^"\\]|\\.)*")|([{}[\],:])|([^\s"{}[\],:]+))/suy;

/** The tree of a JSON text; null where the text is none, or is nested too deeply. */
export function parseJsonTree(text: string): JsonNode | null {
  let position = 0;
  const next = (): string | null => {
    token.lastIndex = position;
    const match = token.exec(text);
    if (match === null) return null;
    position = token.lastIndex;
    return match[1] ?? match[2] ?? match[3] ?? null;
  };
  const peek = (): string | null => {
    const before = position;
    const found = next();
    position = before;
    return found;
  };
  const expect = (wanted: string): void => {
    if (next() !== wanted) throw new SyntaxError(`${wanted} is missing.`);
  };
  const list = (closing: string, readItem: () => void): void => {
    if (peek() === closing) {
      next();
      return;
    }
    for (;;) {
      readItem();
      const separator = next();
      if (separator === closing) return;
      if (separator !== ',') throw new SyntaxError(`${closing} is missing.`);
    }
  };
  const value = (depth: number): JsonNode => {
    if (depth > maxDepth) throw new SyntaxError('It is nested too deeply.');
    const first = next();
    if (first === '[') {
      const items: JsonNode[] = [];
      list(']', () => items.push(value(depth + 1)));
      return { kind: 'array', items };
    }
    if (first === '{') {
      const members: JsonMember[] = [];
      list('}', () => {
        const key = next();
        if (key === null || !key.startsWith('"')) throw new SyntaxError('A key is missing.');
        expect(':');
        members.push({ key, value: value(depth + 1) });
      });
      return { kind: 'object', members };
    }
    if (first === null || /^[}\],:]$/u.test(first)) throw new SyntaxError('A value is missing.');
    return { kind: 'scalar', text: first };
  };
  try {
    const root = value(0);
    return text.slice(position).trim() === '' ? root : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
