import { booleanType, isNumericType } from '@shared/formats/built-in-types';

/** What a cell of Excel can hold, in UTF-16 units ("Excel specifications and limits"). */
export const longestCell = 32_767;

/** Digits that survive in a cell's number, a double: longer numbers are written as text. */
export const exactDigits = 15;
const plainNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/** Styles of styles.xml, by index. */
export const styles = { general: 0, header: 1, text: 2 } as const;

/** Characters that XML 1.0 cannot hold (section 2.2), and what looks like Excel's escape for them. */
const unwritable =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/gu;

const needsCare =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f&<>_\ufffe\uffff]/u;

/** A character as Excel writes it (ECMA-376, ST_Xstring): _xHHHH_. A carriage return would be read as a line feed. */
const escaped = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as the content of an XML element. */
function xmlText(text: string): string {
  // Most texts need nothing: one look is quicker than three.
  if (!needsCare.test(text)) return text;
  return text
    .replaceAll(unwritable, escaped)
    .replaceAll('\r', '_x000D_')
    .replaceAll(/[&<>]/gu, (character) => markup[character] ?? character);
}

/** A cell that holds text and is never taken for a formula. */
export function textCell(reference: string, text: string, style: number): string {
  const shown = text.length > longestCell ? cut(text) : text;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(shown)}</t></is></c>`;
}

/** As much as a cell can hold, without half of a surrogate pair at its end. */
function cut(text: string): string {
  return text.slice(0, longestCell).replace(/[\ud800-\udbff]$/u, '');
}

/** The cell of a value as the server sent it: a number only where a double holds it exactly as text. */
export function valueCell(reference: string, text: string, typeOid: number): string {
  if (typeOid === booleanType) {
    return `<c r="${reference}" t="b"><v>${text === 't' ? 1 : 0}</v></c>`;
  }
  if (isNumericType(typeOid) && isExactNumber(text))
    return `<c r="${reference}"><v>${text}</v></c>`;
  return textCell(reference, text, styles.text);
}

function isExactNumber(text: string): boolean {
  if (!plainNumber.test(text) || text === '-0') return false;
  const [mantissa = ''] = text.split(/e/iu);
  const digits = mantissa.replaceAll(/[-.]/gu, '').replace(/^0+/u, '');
  const value = Number(text);
  // Beyond a double's range it would become infinite, or zero although it is none.
  const isInRange = Number.isFinite(value) && (value !== 0 || digits === '');
  return digits.length <= exactDigits && isInRange;
}

/** The letters of a column, counted from 0: A, B, … Z, AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
