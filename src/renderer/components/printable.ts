/**
 * C0 and C1 controls, line separators, and the marks that turn the direction of text: a name from
 * a server may hold any of them, to break a layout or to pass for another name.
 */
const invisible =
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A name with each invisible character written as its escape, for display only. */
export function printable(name: string): string {
  return name.replace(
    invisible,
    (character) =>
      shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
