/** Beginnings that make a spreadsheet take a text for a formula (OWASP, "CSV Injection"). */
const formulaStart = /^[=+\-@\t\r]/u;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;

/** The bytes of the beginnings, for a quick look. */
export const formulaStartBytes: ReadonlySet<number> = new Set(Buffer.from('=+-@\t\r'));

/** Puts an apostrophe before a text that a spreadsheet would run; numbers such as -5 stay. */
export function withoutFormula(text: string): string {
  return formulaStart.test(text) && !number.test(text) ? `'${text}` : text;
}
