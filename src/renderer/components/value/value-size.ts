import { formatCount } from '../format-count';
import { byteaType } from './value-forms';

/**
 * How much a value is, in words: characters and bytes of UTF-8 of a text, the bytes themselves of a
 * bytea. Empty while the value (undefined) is on its way.
 */
export function valueSize(text: string | null | undefined, typeOid: number | undefined): string {
  if (text === undefined) return '';
  if (text === null) return 'No value';
  // The hex format (PostgreSQL manual, 8.4.1) has two digits for each byte behind its "\x".
  if (typeOid === byteaType && text.startsWith('\\x'))
    return formatCount(text.length / 2 - 1, 'byte');
  const bytes = new TextEncoder().encode(text).length;
  return `${formatCount(characterCount(text), 'character')}, ${formatCount(bytes, 'byte')}`;
}

/** Characters as the server's own `length` counts them: one of two UTF-16 units is one. */
function characterCount(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.codePointAt(index) ?? 0) <= 0xffff) continue;
    count -= 1;
    index += 1;
  }
  return count;
}
