import { z } from 'zod';
import { parameterValuesSchema } from './query-parameter';
import { noticeSchema, resultColumnSchema, rowBatchSchema } from './query-result';
import { sqlTextSchema } from './sql-text';
import { relationNameSchema, rowSelectionSchema } from './table-data';

export const exportFormats = [
  'csv',
  'tsv',
  'json',
  'ndjson',
  'insert',
  'markdown',
  'xlsx',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Text that stands for NULL: it cannot break out of its field. */
const nullText = z
  .string()
  .max(100)
  .regex(/^[^"\t\r\n]*$/u, 'Use a text without quotes, tabs and line breaks.');
const header = z.boolean().default(true);
/** Puts an apostrophe before texts that a spreadsheet would take for a formula. */
const guardFormulas = z.boolean().default(false);
const lineEnding = z.enum(['lf', 'crlf']).default('lf');
/** Begins the file with U+FEFF, by which some spreadsheets tell UTF-8. */
const byteOrderMark = z.boolean().default(false);

export const csvDelimiters = [',', ';', '\t', '|'] as const;

export const csvOptionsSchema = z
  .strictObject({
    format: z.literal('csv'),
    delimiter: z.enum(csvDelimiters).default(','),
    header,
    /** Empty by default, which is told from the empty string by that one's quotes. */
    nullText: nullText.default(''),
    lineEnding,
    byteOrderMark,
    guardFormulas,
  })
  .refine(({ nullText: text, delimiter }) => !text.includes(delimiter), {
    path: ['nullText'],
    message: 'Use a text without the delimiter.',
  });
export type CsvOptions = z.infer<typeof csvOptionsSchema>;

/** The text format of COPY: tabs, and backslash escapes instead of quotes. */
export const tsvOptionsSchema = z.strictObject({
  format: z.literal('tsv'),
  header,
  nullText: nullText.default('\\N'),
  lineEnding,
  byteOrderMark,
  guardFormulas,
});
export type TsvOptions = z.infer<typeof tsvOptionsSchema>;

/** The names of the table to insert into; without a schema the search path decides. */
const targetName = z
  .string()
  .max(63)
  // oxlint-disable-next-line no-control-regex -- NUL is what must not be in a name
  .regex(/^[^\u0000]*$/u, 'A name cannot hold a NUL character.');

export const insertOptionsSchema = z.strictObject({
  format: z.literal('insert'),
  schema: targetName.default(''),
  table: targetName.min(1, 'Enter the table to insert into.'),
  rowsPerStatement: z
    .number('Enter a number of rows.')
    .int('Enter a whole number of rows.')
    .min(1, 'At least one row goes into a statement.')
    .max(10_000, 'At most 10,000 rows go into a statement.')
    .default(100),
});
export type InsertOptions = z.infer<typeof insertOptionsSchema>;

export const markdownOptionsSchema = z.strictObject({
  format: z.literal('markdown'),
  nullText: nullText.default('NULL'),
});
export type MarkdownOptions = z.infer<typeof markdownOptionsSchema>;

export const xlsxOptionsSchema = z.strictObject({ format: z.literal('xlsx'), header });
export type XlsxOptions = z.infer<typeof xlsxOptionsSchema>;

/** The format of a file, with its own options. */
export const exportOptionsSchema = z.discriminatedUnion('format', [
  csvOptionsSchema,
  tsvOptionsSchema,
  z.strictObject({ format: z.literal('json') }),
  z.strictObject({ format: z.literal('ndjson') }),
  insertOptionsSchema,
  markdownOptionsSchema,
  xlsxOptionsSchema,
]);
export type ExportOptions = z.infer<typeof exportOptionsSchema>;
/** Options before their defaults are filled in. */
export type ExportOptionsInput = z.input<typeof exportOptionsSchema>;

const tableSource = z.strictObject({
  kind: z.literal('table'),
  connectionId: z.uuid(),
  ...relationNameSchema.shape,
});

/** Some of a relation's rows, in an order of one's own. */
const selectionSource = z.strictObject({
  kind: z.literal('selection'),
  connectionId: z.uuid(),
  selection: rowSelectionSchema,
  /** Names of columns in their order; null is all that may be read. */
  columns: z.array(z.string().min(1)).min(1).max(1600).nullable(),
});

/** Rows that the page has: a whole result that is short enough not to be kept in main. */
const rowsSource = z.strictObject({
  kind: z.literal('rows'),
  connectionId: z.uuid(),
  columns: z.array(resultColumnSchema),
  rows: rowBatchSchema,
});

/** What is exported. */
export const exportSourceSchema = z.discriminatedUnion('kind', [
  /** The rows that the statement gives when it is run again. */
  z.strictObject({
    kind: z.literal('statement'),
    connectionId: z.uuid(),
    tabId: z.uuid(),
    statement: sqlTextSchema,
    /** What it was run with. */
    parameters: parameterValuesSchema.optional(),
  }),
  /** All rows of a relation. */
  tableSource,
  selectionSource,
  /** The rows of a result that main keeps, read on from the server as far as `maxRows` asks for. */
  z.strictObject({
    kind: z.literal('result'),
    connectionId: z.uuid(),
    resultId: z.uuid(),
    columns: z.array(resultColumnSchema),
    /** Null is all rows. */
    maxRows: z.number().int().min(0).nullable(),
  }),
  rowsSource,
]);
export type ExportSource = z.infer<typeof exportSourceSchema>;

/** The rows that a preview shows: given, or the first ones of a relation. */
export const previewSourceSchema = z.discriminatedUnion('kind', [
  tableSource,
  selectionSource,
  rowsSource,
]);
export type PreviewSource = z.infer<typeof previewSourceSchema>;

/** Whether a statement can be run a second time for its export, and how. */
export const repeatabilitySchema = z.object({
  canRepeat: z.boolean(),
  /** Why not, or what running it again means; null when there is nothing to tell. */
  reason: z.string().nullable(),
});
export type Repeatability = z.infer<typeof repeatabilitySchema>;

/** What an export of a result can offer. */
export const exportableResultSchema = z.object({
  repeat: repeatabilitySchema,
  /** The relation that was asked for by its oid; null when it is gone, or could not be asked for. */
  relation: z.object({ schema: z.string(), name: z.string() }).nullable(),
});

/** How far an export has come. */
export const exportProgressSchema = z.object({
  exportId: z.uuid(),
  rows: z.number().int(),
  /** Bytes written to the file. */
  bytes: z.number().int(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

/** What an export came to. */
export const exportSummarySchema = z.object({
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Milliseconds. */
  durationMs: z.number(),
  /** What a person should know of the file, such as columns that were renamed. */
  notices: z.array(noticeSchema),
});
export type ExportSummary = z.infer<typeof exportSummarySchema>;
