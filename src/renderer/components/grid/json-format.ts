const whitespace = new Set([' ', '\t', '\n', '\r']);

/** The index after a JSON string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}

function skipWhitespace(text: string, start: number): number {
  let index = start;
  while (whitespace.has(text[index] ?? '')) index += 1;
  return index;
}

/**
 * Lays JSON out over lines by changing nothing but the whitespace between its tokens: numbers keep
 * every digit, strings their escapes, objects their duplicate keys and their order, all of which
 * JSON.parse would lose. Text that is not JSON comes back with its tokens in order all the same.
 */
export function formatJson(text: string, indent = '  '): string {
  const parts: string[] = [];
  let depth = 0;
  let index = 0;
  const newLine = (): void => {
    parts.push('\n', indent.repeat(depth));
  };
  while (index < text.length) {
    const character = text[index] ?? '';
    if (whitespace.has(character)) {
      index += 1;
    } else if (character === '"') {
      const end = endOfString(text, index);
      parts.push(text.slice(index, end));
      index = end;
    } else if (character === '{' || character === '[') {
      const next = skipWhitespace(text, index + 1);
      const closing = character === '{' ? '}' : ']';
      if (text[next] === closing) {
        parts.push(character, closing);
        index = next + 1;
      } else {
        parts.push(character);
        depth += 1;
        newLine();
        index += 1;
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(0, depth - 1);
      newLine();
      parts.push(character);
      index += 1;
    } else if (character === ',') {
      parts.push(character);
      newLine();
      index += 1;
    } else if (character === ':') {
      parts.push(': ');
      index += 1;
    } else {
      const start = index;
      while (index < text.length && !/[\s"{}[\],:]/u.test(text[index] ?? '')) index += 1;
      parts.push(text.slice(start, index));
    }
  }
  return parts.join('');
}
