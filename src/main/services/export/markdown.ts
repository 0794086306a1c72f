import { isNumericType } from '@shared/formats/built-in-types';
import type { MarkdownOptions } from '@shared/models/export';
import { nothing, type TextEncodingFactory } from './encoder';
import { decodeCell } from './text';

/**
 * A table of GitHub Flavored Markdown. Whatever Markdown would read as markup is escaped, so that the
 * page shows the text itself; a line break becomes <br>, since a row is one line (GFM, 4.10).
 */
export const markdownEncoding: TextEncodingFactory<MarkdownOptions> = (columns, { nullText }) => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const nullCell = markdownText(nullText);
  return {
    begin: () =>
      Buffer.from(
        line(columns.map(({ name }) => markdownText(name))) +
          line(columns.map(({ typeOid }) => (isNumericType(typeOid) ? '---:' : '---'))),
      ),
    encode(batch) {
      let text = '';
      for (let row = 0; row < batch.rowCount; row += 1) {
        text += line(
          columns.map((_, column) => {
            const cell = decodeCell(batch, row, column);
            return cell === null ? nullCell : markdownText(cell);
          }),
        );
      }
      return Buffer.from(text);
    },
    end: () => nothing,
  };
};

/** Text as Markdown shows it literally. An underscore within a word is no markup and stays. */
function markdownText(text: string): string {
  return text
    .replaceAll(/[\\`*[\]<>|~&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replaceAll(/\r\n|\r|\n/gu, '<br>');
}
