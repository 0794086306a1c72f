/**
 * C0 and C1 controls, line separators, and the marks that turn the direction of text: a name from
 * a server may hold any of them, to break a layout or to pass for another name.
 */
const invisible =
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what it looks for
  /([\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff])/g;

const signs: Readonly<Record<string, string>> = { '\n': '↵', '\t': '⇥', '\r': '␍' };

/** What stands for a character that cannot be seen, in names and values alike: "↵", "␀", "\u202e". */
export function unseenSign(character: string): string {
  const code = character.charCodeAt(0);
  // The block Control Pictures begins at U+2400 and follows the order of the C0 controls.
  const picture = code < 0x20 ? String.fromCharCode(0x2400 + code) : undefined;
  return signs[character] ?? picture ?? `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A part of a name: characters as they are, or the sign that stands for one that cannot be seen. */
export interface NamePart {
  readonly text: string;
  readonly isSign: boolean;
}

/** A name in parts, for showing its signs apart from its letters. */
export function nameParts(name: string): readonly NamePart[] {
  // Split by one group, every second part is what the group matched.
  return name
    .split(invisible)
    .map((part, index) =>
      index % 2 === 0 ? { text: part, isSign: false } : { text: unseenSign(part), isSign: true },
    )
    .filter(({ text }) => text !== '');
}

/** A name with a sign in place of each invisible character, for display only. */
export function printable(name: string): string {
  return name.replace(invisible, unseenSign);
}
