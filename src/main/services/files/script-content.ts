import { createHash } from 'node:crypto';
import { DatabaseError } from '../../db/errors/database-error';

const byteOrderMark = '\u{FEFF}';

/** What of a file's bytes is not its text, and is kept when the text is replaced. */
export interface ScriptForm {
  readonly hasByteOrderMark: boolean;
  readonly lineEnd: '\n' | '\r\n';
}

/** How a new file is written. */
export const newFileForm: ScriptForm = { hasByteOrderMark: false, lineEnd: '\n' };

/** Stands for a content: another content has another version. */
export function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The text of a file in UTF-8, with lines that end in `\n`, and the form to write it in again.
 * Raises DatabaseError of kind InvalidInput for bytes that are no UTF-8: writing them back would
 * change them.
 */
export function decodeScript(bytes: Uint8Array, name: string): { text: string; form: ScriptForm } {
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw notUtf8(name);
  }
  // UTF-16 without a mark is valid UTF-8 where it holds nothing but ASCII.
  if (decoded.includes('\0')) throw notUtf8(name);
  const hasByteOrderMark = decoded.startsWith(byteOrderMark);
  const text = hasByteOrderMark ? decoded.slice(byteOrderMark.length) : decoded;
  const endsInPairs = text.includes('\r\n') && !/(?<!\r)\n/u.test(text);
  return {
    text: text.replaceAll(/\r\n?/gu, '\n'),
    form: { hasByteOrderMark, lineEnd: endsInPairs ? '\r\n' : '\n' },
  };
}

const notUtf8 = (name: string): DatabaseError =>
  new DatabaseError({
    kind: 'InvalidInput',
    message: `${name} is not a text in UTF-8.`,
    advice: 'Convert the file to UTF-8 and open it again. It was not changed.',
  });

/** The bytes of a text in the form that its file has. */
export function encodeScript(text: string, { hasByteOrderMark, lineEnd }: ScriptForm): Uint8Array {
  const lines = lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd);
  return new TextEncoder().encode(hasByteOrderMark ? byteOrderMark + lines : lines);
}
