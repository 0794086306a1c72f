import {
  type ExportFormat,
  type ExportOptions,
  type ExportOptionsInput,
  exportOptionsSchema,
} from '@shared/models/export';

/** What the dialog's controls show: the options of all formats, so that changing the format loses none. */
export interface ExportDraft {
  readonly format: ExportFormat;
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly header: boolean;
  /** The text for NULL, by format: each has a default of its own. */
  readonly csvNull: string;
  readonly tsvNull: string;
  readonly markdownNull: string;
  readonly lineEnding: 'lf' | 'crlf';
  readonly byteOrderMark: boolean;
  readonly guardFormulas: boolean;
  readonly schema: string;
  readonly table: string;
  /** As typed. */
  readonly rowsPerStatement: string;
}

export const firstDraft: ExportDraft = {
  format: 'csv',
  delimiter: ',',
  header: true,
  csvNull: '',
  tsvNull: '\\N',
  markdownNull: 'NULL',
  lineEnding: 'lf',
  byteOrderMark: false,
  guardFormulas: false,
  schema: '',
  table: '',
  rowsPerStatement: '100',
};

/** A field that a message belongs to. */
export type DraftField = 'nullText' | 'schema' | 'table' | 'rowsPerStatement';

/** The options as main takes them, or what is wrong, by field. */
export type CheckedDraft =
  | { readonly ok: true; readonly options: ExportOptions }
  | { readonly ok: false; readonly errors: Partial<Record<DraftField, string>> };

/** Checks a draft by the contract's own rules. */
export function checkDraft(draft: ExportDraft): CheckedDraft {
  const parsed = exportOptionsSchema.safeParse(optionsOf(draft));
  if (parsed.success) return { ok: true, options: parsed.data };
  const errors: Partial<Record<string, string>> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors };
}

function optionsOf(draft: ExportDraft): ExportOptionsInput {
  const { format, header, lineEnding, byteOrderMark, guardFormulas } = draft;
  switch (format) {
    case 'csv': {
      const { delimiter, csvNull: nullText } = draft;
      return { format, delimiter, header, nullText, lineEnding, byteOrderMark, guardFormulas };
    }
    case 'tsv': {
      const { tsvNull: nullText } = draft;
      return { format, header, nullText, lineEnding, byteOrderMark, guardFormulas };
    }
    case 'insert': {
      const { schema, table, rowsPerStatement } = draft;
      const isNumber = /^\d+$/u.test(rowsPerStatement.trim());
      return {
        format,
        schema,
        table,
        rowsPerStatement: isNumber ? Number(rowsPerStatement) : Number.NaN,
      };
    }
    case 'markdown':
      return { format, nullText: draft.markdownNull };
    case 'xlsx':
      return { format, header };
    case 'json':
    case 'ndjson':
      return { format };
  }
}
