import type { ExportOptions } from '@shared/models/export';
import type { RowBatch } from '@shared/models/row-batch';
import { csvEncoding } from './csv';
import { encodeText, type FileChunks, type Notify } from './encoder';
import { insertEncoding } from './insert';
import { jsonEncoding, ndjsonEncoding } from './json';
import { markdownEncoding } from './markdown';
import type { ExportColumn } from './row-source';
import { tsvEncoding } from './tsv';
import { encodeXlsx } from './xlsx/encode-xlsx';

/** The bytes of a file in the format that the options ask for. Raises what `batches` raises. */
export function encode(
  columns: readonly ExportColumn[],
  batches: AsyncIterable<RowBatch>,
  options: ExportOptions,
  notify: Notify,
): FileChunks {
  switch (options.format) {
    case 'csv':
      return encodeText(csvEncoding(columns, options, notify), batches);
    case 'tsv':
      return encodeText(tsvEncoding(columns, options, notify), batches);
    case 'json':
      return encodeText(jsonEncoding(columns, options, notify), batches);
    case 'ndjson':
      return encodeText(ndjsonEncoding(columns, options, notify), batches);
    case 'insert':
      return encodeText(insertEncoding(columns, options, notify), batches);
    case 'markdown':
      return encodeText(markdownEncoding(columns, options, notify), batches);
    case 'xlsx':
      return encodeXlsx(columns, batches, options, notify);
  }
}
