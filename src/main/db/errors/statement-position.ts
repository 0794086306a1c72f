/**
 * The offset in UTF-16 units, from 0, of a position that the server reports: it counts characters
 * (code points) from 1 (PostgreSQL manual, "Error and Notice Message Fields", field P). A position
 * after the end of the text becomes the text's length.
 */
export function offsetOfPosition(text: string, position: number): number {
  let offset = 0;
  let remaining = position - 1;
  for (const character of text) {
    if (remaining <= 0) break;
    offset += character.length;
    remaining -= 1;
  }
  return offset;
}
