import type { Text } from '@codemirror/state';

const word = /[\p{L}\p{N}_$]/u;

/** The token that begins at an offset, on its line; the last character before the end of the text. */
export function tokenAround(doc: Text, offset: number): { from: number; to: number } {
  const position = Math.min(offset, doc.length);
  const line = doc.lineAt(position);
  const start = position - line.from;
  const { text } = line;
  const first = text[start];
  if (first === undefined) {
    // The server points behind the last character when a statement ends too early.
    return { from: Math.max(line.from, position - 1), to: position };
  }
  let end = start + 1;
  if (first === '"' || first === "'") {
    const closing = text.indexOf(first, start + 1);
    end = closing < 0 ? text.length : closing + 1;
  } else if (word.test(first)) {
    while (end < text.length && word.test(text[end] ?? '')) end += 1;
  }
  return { from: position, to: line.from + end };
}
