import type { ExportFormat } from '@shared/models/export';

/** The formats in the order in which they are offered, with a word on each. */
export const formatNames: readonly {
  readonly format: ExportFormat;
  readonly name: string;
  readonly use: string;
}[] = [
  { format: 'csv', name: 'CSV', use: 'Spreadsheets, and COPY … (FORMAT csv)' },
  { format: 'tsv', name: 'TSV', use: 'COPY’s text format, with backslash escapes' },
  { format: 'json', name: 'JSON', use: 'One array of objects' },
  { format: 'ndjson', name: 'NDJSON', use: 'An object on each line' },
  { format: 'insert', name: 'SQL INSERT', use: 'Statements that insert the rows' },
  { format: 'markdown', name: 'Markdown', use: 'A table for documents' },
  { format: 'xlsx', name: 'Excel', use: 'A workbook, texts kept as texts' },
];
