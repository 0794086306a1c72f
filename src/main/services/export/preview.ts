import { Buffer } from 'node:buffer';
import type { ExportOptions } from '@shared/models/export';
import { encode } from './encode';
import type { RowSource } from './row-source';

/** What a person can look over. Bytes. */
const longestPreview = 16 * 1024;

/**
 * The beginning of a file, made by what makes the file. A workbook is shown as its cells parted by
 * tabs. Raises what the source raises.
 */
export async function previewText(source: RowSource, options: ExportOptions): Promise<string> {
  const shown: ExportOptions =
    options.format === 'xlsx'
      ? {
          format: 'tsv',
          header: options.header,
          nullText: '',
          lineEnding: 'lf',
          byteOrderMark: false,
          guardFormulas: false,
        }
      : options;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of encode(source.columns, source.batches(), shown, () => undefined)) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > longestPreview) break;
  }
  // A character that is cut in the middle decodes to U+FFFD; it is the last one, beside the ellipsis.
  const text = Buffer.concat(chunks).subarray(0, longestPreview).toString('utf8');
  return bytes > longestPreview ? `${text.replace(/\uFFFD+$/u, '')}…` : text;
}
