import { decodeText } from './text';

/**
 * Beginnings that make a spreadsheet take a text for a formula (OWASP, "CSV Injection"), also in the full
 * width that East Asian editions take for the plain one.
 */
const formulaStart = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
/** Bytes of a beginning: those of full width take three. */
const longestStart = 3;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;

/** The first bytes of the beginnings, for a quick look: that of full width begins other texts too. */
export const formulaStartBytes: ReadonlySet<number> = new Set([...Buffer.from('=+-@\t\r\n'), 0xef]);

/** Puts an apostrophe before a text that a spreadsheet would run; numbers such as -5 stay. */
export function withoutFormula(text: string): string {
  return formulaStart.test(text) && !number.test(text) ? `'${text}` : text;
}

/** Whether a text that is too long for a number would be run. */
export function beginsFormula(bytes: Uint8Array, start: number): boolean {
  return formulaStart.test(decodeText(bytes.subarray(start, start + longestStart)));
}
