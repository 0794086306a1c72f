/** How a CSV file is written. */
export interface CsvRules {
  /** One character of ASCII. */
  readonly delimiter: string;
  /** What stands for NULL, without quotes. */
  readonly nullText: string;
}

/** RFC 4180 with commas, NULL as an empty field: what COPY ... CSV writes. */
export const plainCsv: CsvRules = { delimiter: ',', nullText: '' };

/**
 * A field of CSV by the rules of COPY ... CSV (PostgreSQL source, CopyAttributeOutCSV): quoted where
 * it holds a delimiter, a quote or a line break, and where it would otherwise be read as NULL, so
 * that NULL and the empty string stay apart.
 */
export function csvField(text: string | null, { delimiter, nullText }: CsvRules): string {
  if (text === null) return nullText;
  const needsQuotes =
    text === nullText || text === '\\.' || /["\r\n]/u.test(text) || text.includes(delimiter);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
